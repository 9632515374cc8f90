#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
internal import ReelMediaService
internal import ReelModel
internal import ReelWorker
internal import Synchronization

/// Takes requests one at a time. The work runs on a thread of its own, so that this one notices when the front goes,
/// and ends the process whatever the work is doing.
final class WorkLoop: Sendable {
    /// Decoders and filters recurse, and keep tables on the stack.
    private static let stackSize = 32 << 20

    private let socket: CInt
    private let arguments: Arguments
    private let sender: LineSender
    private let busy = Mutex(false)

    init(socket: CInt, arguments: Arguments) {
        self.socket = socket
        self.arguments = arguments
        sender = LineSender(descriptor: socket)
    }

    func run() -> Never {
        send(.hello(version: WorkerRequest.version), about: WorkerReply.unasked)
        var receiver = LineReceiver(descriptor: socket, descriptorRoom: LineSender.descriptorLimit)
        var isClosed = false
        while receiver.fill() == .some {
            guard let line = receiver.takeLine() else { continue }
            guard let request = try? MessageCoder.message(WorkerRequest.self, from: line),
                request.version == WorkerRequest.version
            else { _exit(EX_PROTOCOL) }
            let descriptors = receiver.takeDescriptors()
            if !isClosed {
                // Not before: the scratch folder comes with the request.
                let scratch = request.task.scratchPlace.flatMap { $0 < descriptors.count ? descriptors[$0] : nil }
                guard Cage(arguments).close(around: scratch) else { _exit(EX_OSERR) }
                isClosed = true
            }
            guard take(request, descriptors) else { _exit(EX_PROTOCOL) }
        }
        _exit(EX_OK)
    }

    /// `false`: the work before it has not ended, or there is no thread to be had.
    private func take(_ request: WorkerRequest, _ descriptors: [CInt]) -> Bool {
        let isFree = busy.withLock { busy in
            defer { busy = true }
            return !busy
        }
        return isFree
            && DedicatedThread.start(stackSize: Self.stackSize) { [self] in
                let content = outcome(of: request, descriptors)
                descriptors.forEach { _ = close($0) }
                // Before the answer, on which the front may send the next request.
                busy.withLock { $0 = false }
                send(content, about: request.id)
            }
    }

    private func outcome(of request: WorkerRequest, _ descriptors: [CInt]) -> WorkerReply.Content {
        let pulse = Pulse { [self] in send(.progress($0), about: request.id) }
        do throws(Failure) {
            #if DEBUG
                if arguments.misbehaves { try Misbehaviour(ordered: request.task)?.run(pulse, descriptors) }
            #endif
            return try Dispatcher.run(
                request.task, descriptors: descriptors, progress: { pulse.report($0) },
                isCancelled: {
                    pulse.beat()
                    return false
                })
        } catch {
            return .failed(error)
        }
    }

    private func send(_ content: WorkerReply.Content, about id: Int) {
        let line: [UInt8]
        do {
            line = try MessageCoder.line(WorkerReply(id: id, content: content))
        } catch {
            let failure = Failure(
                .notDone, subject: "the media worker", problem: "the result cannot be put into a message",
                remedy: "Please report this", cause: "\(error)")
            // This one can: it is made of words.
            guard let words = try? MessageCoder.line(WorkerReply(id: id, content: .failed(failure))) else { return }
            line = words
        }
        switch sender.send(line) {
        case 0: return
        case EPIPE, ECONNRESET: _exit(EX_OK)  // The front has gone.
        case _: _exit(EX_IOERR)
        }
    }
}
