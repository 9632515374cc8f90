#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
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
            var waited: pid_t
            repeat { waited = waitpid(identifier, &status, 0) } while waited < 0 && errno == EINTR
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
        case .signalled(let number): "crashed (signal \(number))"
        case .unknown: "is gone"
        }
    }
}
