internal import FlyingSocks
internal import Foundation
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
internal import Synchronization

/// Tells those who wait for a socket when it is ready: one thread in `poll`, which is asked anew each time.
///
/// The server library's own pool keeps a table of what it told the kernel to watch. A connection that is closed in the
/// instant between its last wake-up and the entry's removal leaves the entry behind; the next connection that is given
/// the same number is then taken for watched already, and waits for ever. Here nothing is remembered, so nothing can be
/// out of date.
final class PollPool: AsyncSocketPool {
    private struct Waiter {
        let descriptor: CInt
        let events: CShort
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var isRunning = false
        var isStopped = false
        var last: UInt64 = 0
        var waiters: [UInt64: Waiter] = [:]
        /// Cancelled before they began to wait.
        var cancelled: Set<UInt64> = []
        /// Both ends of the pipe that wakes the thread.
        var pipe: (reading: CInt, writing: CInt) = (-1, -1)
    }

    private let state = Mutex(State())

    func prepare() async throws {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SocketError.disconnected }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        state.withLock { state in
            state.pipe = (ends[0], ends[1])
            state.isRunning = true
        }
        let thread = Thread { self.watch() }
        thread.name = "local backend sockets"
        thread.start()
    }

    /// Until it is cancelled; the thread does the work.
    func run() async throws {
        defer { stop() }
        while true { try await Task.sleep(for: .seconds(86_400)) }
    }

    func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
        let descriptor = socket.file.rawValue
        // A program that is started meanwhile must not hold the connection open.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        // The server library writes an answer's head and body apart. The kernel would hold the second back until the
        // client has acknowledged the first, which clients put off by 40 ms (RFC 9293, 3.7.4).
        var on: CInt = 1
        setsockopt(descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<CInt>.size))
        var wanted: CShort = 0
        if events.contains(.read) { wanted |= CShort(POLLIN) }
        if events.contains(.write) { wanted |= CShort(POLLOUT) }
        let asked = wanted
        let id = state.withLock { state in
            state.last += 1
            return state.last
        }
        defer { state.withLock { _ = $0.cancelled.remove(id) } }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isWaiting = state.withLock { state in
                    guard state.isRunning, !state.isStopped, !state.cancelled.contains(id) else { return false }
                    state.waiters[id] = Waiter(descriptor: descriptor, events: asked, continuation: continuation)
                    return true
                }
                if isWaiting { wake() } else { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.cancelled.insert(id)
                return state.waiters.removeValue(forKey: id)
            }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }

    /// One byte, which may be lost where others are waiting in the pipe already.
    private func wake() {
        state.withLock { state in
            var byte: UInt8 = 1
            if state.pipe.writing >= 0 { _ = write(state.pipe.writing, &byte, 1) }
        }
    }

    /// Ends the thread. Whoever waits is told that nothing will come.
    func stop() {
        let waiting = state.withLock { state in
            state.isStopped = true
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in waiting { waiter.continuation.resume(throwing: CancellationError()) }
        wake()
    }

    private func watch() {
        var scratch = [UInt8](repeating: 0, count: 512)
        while let (ids, asked) = question() {
            var entries = asked
            guard readiness(of: &entries) > 0 else { continue }
            if entries[0].revents != 0 {
                while read(entries[0].fd, &scratch, scratch.count) == scratch.count {}
            }
            let ready = zip(ids, entries.dropFirst()).filter { $0.1.revents != 0 }.map(\.0)
            // Whatever is the matter with it, trying again will say.
            let waiters = state.withLock { state in ready.compactMap { state.waiters.removeValue(forKey: $0) } }
            for waiter in waiters { waiter.continuation.resume() }
        }
        state.withLock { state in
            close(state.pipe.reading)
            close(state.pipe.writing)
            state.pipe = (-1, -1)
        }
    }

    /// What is to be watched: the pipe, then a line for each waiter; `nil` once it is stopped.
    private func question() -> (ids: [UInt64], entries: [pollfd])? {
        state.withLock { state in
            guard !state.isStopped else { return nil }
            let ids = Array(state.waiters.keys)
            var entries = [pollfd(fd: state.pipe.reading, events: CShort(POLLIN), revents: 0)]
            entries += ids.compactMap { state.waiters[$0] }.map {
                pollfd(fd: $0.descriptor, events: $0.events, revents: 0)
            }
            return (ids, entries)
        }
    }
}

/// Outside of the type, where the library's own `poll` would be meant.
private func readiness(of entries: inout [pollfd]) -> CInt { poll(&entries, nfds_t(entries.count), -1) }
