internal import CDescriptors
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What the worker gives up before it sees its first file. Everything that it is denied is denied here.
struct Cage {
    private let arguments: Arguments

    /// Descriptors at a time: the most that a request brings, and some for scratch files and what libraries open.
    private static let descriptorLimit: UInt64 = 320

    init(_ arguments: Arguments) { self.arguments = arguments }

    /// Returns whether it holds.
    func close() -> Bool {
        // Writing to a front that has gone, or beyond the limit of a file's size, is an error like any other.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        return reel_settle_in() == 0
            && limit(RLIMIT_CORE, to: 0)
            && limit(RLIMIT_NOFILE, to: Cage.descriptorLimit)
            && limit(RLIMIT_AS, to: arguments.memoryLimit)
            && limit(RLIMIT_FSIZE, to: arguments.fileSizeLimit)
    }

    #if canImport(Glibc)
        private typealias Resource = __rlimit_resource
    #else
        private typealias Resource = CInt
    #endif

    private func limit(_ resource: Resource, to most: UInt64?) -> Bool {
        guard let most else { return true }
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(resource.rawValue)
        #endif
        var limits = rlimit()
        guard getrlimit(resource, &limits) == 0 else { return false }
        // One that is lower already stays: it could not be raised.
        limits.rlim_max = min(limits.rlim_max, rlim_t(most))
        limits.rlim_cur = limits.rlim_max
        return setrlimit(resource, &limits) == 0
    }
}
