internal import CCage
internal import CDescriptors
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
internal import ReelMediaService

/// What the worker gives up. Everything that it is denied is denied here.
struct Cage {
    private let arguments: Arguments

    /// Descriptors at a time: the most that a request brings, and some for scratch files and what libraries open.
    private static let descriptorLimit: UInt64 = 320

    /// What may still be opened, for reading: fonts and what finds them, chance, and what the C library asks about the
    /// machine. Nothing of it tells anything about a person.
    private static let readable = [
        "/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts", "/usr/share/fontconfig", "/var/cache/fontconfig",
        "/dev/null", "/dev/random", "/dev/urandom", "/proc/cpuinfo", "/proc/sys/vm/overcommit_memory",
        "/sys/devices/system/cpu",
    ]

    init(_ arguments: Arguments) { self.arguments = arguments }

    /// At the very start. Returns whether it holds.
    func limit() -> Bool {
        // Writing to a front that has gone, or beyond the limit of a file's size, is an error like any other.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        return reel_settle_in() == 0
            && limit(RLIMIT_CORE, to: 0)
            && limit(RLIMIT_NOFILE, to: Cage.descriptorLimit)
            && limit(RLIMIT_AS, to: arguments.memoryLimit)
            && limit(RLIMIT_FSIZE, to: arguments.fileSizeLimit)
    }

    /// Before the first byte of a file is read, and for good: from here on no file can be opened but fonts and those
    /// in the folder open at `scratch`, and no system call made but those that reading, writing and computing need. A
    /// kernel that has neither is the only excuse; macOS has neither. Returns whether it holds.
    func close(around scratch: CInt?) -> Bool {
        var names = Self.readable + Dispatcher.readableFiles
        for variable in ["FONTCONFIG_FILE", "FONTCONFIG_PATH"] {
            if let value = getenv(variable) { names.append(String(cString: value)) }
        }
        let paths: [UnsafePointer<CChar>?] = names.map { UnsafePointer(strdup($0)) }
        defer { paths.forEach { free(UnsafeMutablePointer(mutating: $0)) } }
        let files =
            arguments.withoutLandlock
            ? ENOSYS
            : reel_cage_files(paths, paths.count, scratch ?? -1)
        guard files == 0 || files == ENOSYS else { return false }
        // Where files cannot be told apart, only who has a folder to write to may write.
        let calls = reel_cage_calls(ReelgateMedia.socket, scratch != nil)
        return calls == 0 || calls == ENOSYS
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
