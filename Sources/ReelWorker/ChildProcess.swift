internal import CDescriptors
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
internal import ReelModel
internal import Synchronization

/// A process that we started, until it has been waited for. It can be killed from any thread, and the signal never
/// reaches a stranger that was given its number.
final class ChildProcess: Sendable {
    enum Ending: Equatable {
        case exited(status: CInt)
        case signalled(CInt)
        /// Somebody else has waited for it.
        case unknown
    }

    let identifier: pid_t
    private let ending = Mutex<Ending?>(nil)
    private let peak = Atomic<Int64>(0)

    /// The most bytes that it ever had in memory, known once it has been waited for.
    var peakMemory: Int64 { peak.load(ordering: .relaxed) }

    init(identifier: pid_t) { self.identifier = identifier }

    func kill() {
        ending.withLock { ending in
            if ending == nil { send(SIGKILL, to: identifier) }
        }
    }

    /// Waits until it has ended, and lets the system forget it.
    func wait() -> Ending {
        // First without reaping, so that waiting does not hold the lock that `kill` needs.
        var information = siginfo_t()
        while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        return ending.withLock { ending in
            if let ending { return ending }
            var status: CInt = 0
            var usage = rusage()
            var waited: pid_t
            repeat { waited = wait4(identifier, &status, 0, &usage) } while waited < 0 && errno == EINTR
            #if os(Linux)
                let unit: Int64 = 1024
            #else
                let unit: Int64 = 1
            #endif
            peak.store(Int64(usage.ru_maxrss) * unit, ordering: .relaxed)
            let result = waited == identifier ? Ending(status: status) : .unknown
            ending = result
            return result
        }
    }
}

/// kill(2), which the method of the same name hides.
private func send(_ signal: CInt, to process: pid_t) { _ = kill(process, signal) }

extension ChildProcess.Ending {
    /// The macros of <sys/wait.h> are not imported.
    fileprivate init(status: CInt) {
        let number = status & 0x7F
        self = number == 0 ? .exited(status: status >> 8 & 0xFF) : .signalled(number)
    }

    /// After "the media worker …".
    var words: String {
        switch self {
        case .exited(let status): "ended by itself (exit status \(status))"
        case .signalled(SIGKILL): "was killed (signal 9), perhaps for want of memory"
        case .signalled(SIGSYS): "asked the system for what no decoder needs, and was stopped (signal \(SIGSYS))"
        case .signalled(let number): "crashed (signal \(number))"
        case .unknown: "is gone"
        }
    }

    /// What became of the decoder.
    ///
    /// - Parameters:
    ///   - peak: the most bytes that the worker had in memory.
    ///   - limit: how many it might have; libraries answer the refusal of more with a crash.
    func loss(peak: Int64, limit: Int64?) -> InspectionFailure.Kind {
        switch self {
        case .signalled(SIGKILL): .outOfMemory
        case .signalled(SIGSYS), .exited, .unknown: .crashed
        case .signalled: limit.map { peak > $0 / 2 } == true ? .outOfMemory : .crashed
        }
    }
}

extension ChildProcess {
    /// What it has used so far. Only Linux tells it of another process without further ado.
    var usage: Watch.Usage {
        var result = Watch.Usage()
        #if os(Linux)
            var clock = clockid_t()
            var time = timespec()
            if clock_getcpuclockid(identifier, &clock) == 0, clock_gettime(clock, &time) == 0 {
                result.processorTime = .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
            }
            result.memory = residentMemory
        #endif
        return result
    }

    #if os(Linux)
        /// The second number of `statm`, which counts pages (proc(5)).
        private var residentMemory: Int64? {
            let file = open("/proc/\(identifier)/statm", O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { return nil }
            defer { close(file) }
            var text = [UInt8](repeating: 0, count: 128)
            let count = read(file, &text, text.count)
            guard count > 0 else { return nil }
            let numbers = text[..<count].split(separator: UInt8(ascii: " "))
            guard numbers.count > 1, let pages = Int64(String(decoding: numbers[1], as: UTF8.self)) else { return nil }
            return pages * Int64(sysconf(CInt(_SC_PAGESIZE)))
        }
    #endif

    /// Sets how large a file it may write from here on, where the system lets us: the worker itself can no longer.
    func limitFiles(to bytes: Int64) { _ = reel_limit_files(identifier, UInt64(max(bytes, 0))) }
}
