internal import CCurl
internal import Synchronization
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
internal import ReelModel

/// Says that a transfer is not wanted any more; also before the engine has heard of it.
final class CancellationFlag: Sendable {
    private let flag = Atomic(false)
    var isSet: Bool { flag.load(ordering: .acquiring) }
    func set() { flag.store(true, ordering: .releasing) }
}

/// One multi handle on one thread, which does all that libcurl does. Others hand it commands.
final class Engine: Sendable {
    private enum Command: Sendable {
        case start(TransferOrder)
        case cancel(id: Int)
        case resume(id: Int)
    }

    private struct Inbox {
        var commands: [Command] = []
        var mustStop = false
        /// The multi handle is gone, or about to go.
        var isOver = false
    }

    /// libcurl's handle. Only `curl_multi_wakeup` is called from other threads, as libcurl allows.
    private struct Multi: @unchecked Sendable {
        let handle: UnsafeMutableRawPointer
    }

    private let multi: Multi
    private let inbox = Mutex(Inbox())
    private let lastID = Atomic(0)

    private static let isReady = reel_curl_start() == CURLE_OK

    init() throws(Failure) {
        let failure = Failure(
            .notDone, subject: "libcurl", problem: "it cannot be started", remedy: "Free some memory and try again")
        guard Self.isReady, let handle = curl_multi_init() else { throw failure }
        multi = Multi(handle: handle)
        var thread = pthread_t.init(bitPattern: 0)
        let context = Unmanaged.passRetained(self).toOpaque()
        let code = pthread_create(
            &thread, nil,
            { context in
                #if canImport(Glibc)
                    guard let context else { return nil }
                #endif
                Unmanaged<Engine>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context)
        guard code == 0 else {
            Unmanaged<Engine>.fromOpaque(context).release()
            curl_multi_cleanup(handle)
            throw failure
        }
        pthread_detach(thread)
    }

    // MARK: From any thread

    func newID() -> Int { lastID.add(1, ordering: .relaxed).newValue }

    func start(_ order: TransferOrder) { send(.start(order)) }
    func cancel(id: Int) { send(.cancel(id: id)) }
    func resume(id: Int) { send(.resume(id: id)) }

    /// Ends the thread; whatever still runs is cancelled.
    func stop() {
        inbox.withLock { inbox in
            inbox.mustStop = true
            if !inbox.isOver { curl_multi_wakeup(multi.handle) }
        }
    }

    private func send(_ command: Command) {
        let isOver = inbox.withLock { inbox in
            guard !inbox.isOver else { return true }
            inbox.commands.append(command)
            curl_multi_wakeup(multi.handle)
            return false
        }
        if isOver, case .start(let order) = command { Self.refuse(order) }
    }

    private static func refuse(_ order: TransferOrder) {
        order.completion(TransportFailure(.cancelled, origin: order.request.address.origin, cause: "cancelled"))
    }

    // MARK: On the engine's thread

    /// Milliseconds between two looks when nothing calls; libcurl's own timers wake it earlier.
    private static let patience: CInt = 10_000

    private func run() {
        blockBrokenPipeSignal()
        var running: [Int: Transfer] = [:]
        var ids: [UnsafeMutableRawPointer: Int] = [:]
        func remove(_ id: Int) -> Transfer? {
            guard let transfer = running.removeValue(forKey: id) else { return nil }
            ids[transfer.easy] = nil
            curl_multi_remove_handle(multi.handle, transfer.easy)
            return transfer
        }
        while true {
            let (commands, mustStop) = inbox.withLock { inbox in
                defer { inbox.commands = [] }
                return (inbox.commands, inbox.mustStop)
            }
            for command in commands {
                switch command {
                case .start(let order):
                    guard !order.cancellation.isSet else {
                        Self.refuse(order)
                        continue
                    }
                    do {
                        let transfer = try Transfer(order)
                        running[order.id] = transfer
                        ids[transfer.easy] = order.id
                        curl_multi_add_handle(multi.handle, transfer.easy)
                    } catch {
                        order.completion(error)
                    }
                case .cancel(let id): remove(id)?.end(nil)
                case .resume(let id):
                    if let transfer = running[id] { curl_easy_pause(transfer.easy, CURLPAUSE_CONT) }
                }
            }
            if mustStop { break }
            var count: CInt = 0
            curl_multi_perform(multi.handle, &count)
            var result = CURLE_OK
            while let easy = reel_curl_next_finished(multi.handle, &result) {
                if let id = ids[easy] { remove(id)?.end(result) }
            }
            curl_multi_poll(multi.handle, nil, 0, Self.patience, nil)
        }
        for id in Array(running.keys) { remove(id)?.end(nil) }
        let late = inbox.withLock { inbox in
            inbox.isOver = true
            defer { inbox.commands = [] }
            return inbox.commands
        }
        for case .start(let order) in late { Self.refuse(order) }
        curl_multi_cleanup(multi.handle)
    }

    /// A server that hangs up while OpenSSL writes would end the process.
    private func blockBrokenPipeSignal() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
