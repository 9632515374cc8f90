import Dispatch
import Synchronization
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs work that a first SIGINT or SIGTERM cancels in good order; a second one ends the process at once.
enum Interruption {
    static func cancelling<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) async throws
        -> Result
    {
        let task = Task { try await work() }
        let interrupted = Mutex(false)
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                let isSecond = interrupted.withLock { flag in
                    defer { flag = true }
                    return flag
                }
                if isSecond { _exit(128 + number) }
                task.cancel()
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        return try await task.value
    }
}
