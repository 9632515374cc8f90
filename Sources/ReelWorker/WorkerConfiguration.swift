public import FoundationEssentials
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension WorkerService {
    /// Where the worker is, and what it may have.
    public struct Configuration: Sendable {
        /// The path of `reelgate-media`.
        public var executable: String
        /// Worker processes at a time, at most. Each handles one file at a time and uses all cores for it.
        public var processLimit = 2
        /// How long a worker may give no sign of progress before it is taken for hung and killed.
        public var patience: Duration = .seconds(60)
        /// The most that a request may take by the clock, and of the processor, and how long it may get no further; `nil`
        /// is in proportion to its work.
        public var timeLimit: Duration?
        public var processorTimeLimit: Duration?
        public var standstillLimit: Duration?
        /// Bytes of address space for each worker; `nil` sets no limit.
        public var memoryLimit: Int64? = 8 << 30
        /// Bytes of the largest file that a worker may ever write; `nil` leaves it to each request's proportion.
        public var fileSizeLimit: Int64?
        /// The worker's whole environment. It has no secrets, and no part in how files are judged.
        public var environment: [String: String]
        /// More arguments, for tests.
        package var arguments: [String] = []

        /// `environment` is this process's; only what the worker needs is taken from it.
        public init(
            executable: String, environment: [String: String] = ProcessInfo.processInfo.environment
        ) {
            self.executable = executable
            self.environment = environment.filter { Self.inherited.contains($0.key) }
            // The runtime's crash reporter would keep a dying worker for seconds.
            self.environment["SWIFT_BACKTRACE"] = "enable=no"
        }

        /// Where the libraries and the fonts are, and how text is coded. `LLVM_PROFILE_FILE` is where a build that
        /// counts coverage writes to.
        static let inherited: Set<String> = [
            "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH",
            "LLVM_PROFILE_FILE",
        ]

        var argumentList: [String] {
            var list = [executable]
            if let memoryLimit { list += ["--memory-limit", String(memoryLimit)] }
            if let fileSizeLimit { list += ["--file-size-limit", String(fileSizeLimit)] }
            return list + arguments
        }
    }

    /// The path at which the worker is expected: what `REELGATE_MEDIA` names, else beside the executable at `own`
    /// (links followed), else in the `libexec` beside its folder. Where there is none, the path beside `own`.
    public static func defaultExecutable(
        besides own: String = ownExecutable(), environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> String {
        if let named = environment["REELGATE_MEDIA"], !named.isEmpty { return named }
        let folder = folder(of: resolved(own) ?? own)
        let beside = "\(folder)/reelgate-media"
        let candidates = [beside, "\(folder)/../libexec/reelgate-media"]
        return candidates.first { access($0, X_OK) == 0 } ?? beside
    }

    /// The path of the executable that is running.
    public static func ownExecutable() -> String {
        resolved("/proc/self/exe") ?? CommandLine.arguments.first ?? "reelgate"
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "" : String(path[..<slash])
    }

    private static func resolved(_ path: String) -> String? {
        guard let pointer = realpath(path, nil) else { return nil }
        defer { free(pointer) }
        return String(cString: pointer)
    }
}
