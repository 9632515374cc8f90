internal import CDescriptors
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
internal import ReelModel

/// One running worker, as seen by the thread that started it and talks to it. That thread must live as long as the
/// worker: Linux ends a child that asked for it when the *thread* that made it ends.
final class WorkerProcess {
    enum Event {
        case line([UInt8])
        /// The socket has closed, or can no longer be used.
        case ended
        /// It broke the rules of the conversation.
        case babbled(String)
        /// Nothing came in time.
        case quiet
    }

    let child: ChildProcess
    /// Whether it has been given a request: with the first one it closes itself around that one's scratch folder.
    private(set) var isCommitted = false
    private let socket: CInt
    private let errors: CInt
    private let sender: LineSender
    private var receiver: LineReceiver
    private var errorsOpen = true
    private var errorTail: [UInt8] = []

    static let errorTailLimit = 4096

    private init(child: ChildProcess, socket: CInt, errors: CInt) {
        self.child = child
        self.socket = socket
        self.errors = errors
        sender = LineSender(descriptor: socket)
        // A worker has no business sending us descriptors.
        receiver = LineReceiver(descriptor: socket, descriptorRoom: 0)
    }

    deinit {
        close(socket)
        close(errors)
        child.kill()
        _ = child.wait()
    }

    /// Starts the program; it has not said anything yet.
    static func start(_ configuration: WorkerService.Configuration) throws(Failure) -> WorkerProcess {
        var sockets: [CInt] = [-1, -1]
        var pipe: [CInt] = [-1, -1]
        var error = reel_socket_pair(&sockets)
        if error == 0 {
            error = reel_pipe(&pipe)
            if error != 0 { sockets.forEach { close($0) } }
        }
        guard error == 0 else { throw cannotStart(configuration.executable, error) }
        var process: pid_t = 0
        let arguments = configuration.argumentList.map { strdup($0) } + [nil]
        let environment = configuration.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        error = reel_spawn(configuration.executable, arguments, environment, sockets[1], pipe[1], &process)
        (arguments + environment).forEach { free($0) }
        close(sockets[1])
        close(pipe[1])
        guard error == 0 else {
            close(sockets[0])
            close(pipe[0])
            throw cannotStart(configuration.executable, error)
        }
        return WorkerProcess(child: ChildProcess(identifier: process), socket: sockets[0], errors: pipe[0])
    }

    /// Returns whether the worker can have got it whole.
    func send(_ line: [UInt8], descriptors: [CInt]) -> Bool {
        isCommitted = true
        return sender.send(line, descriptors: descriptors) == 0
    }

    /// Whether it has ended, or said something unasked, since it was last talked to.
    func isStale() -> Bool {
        var watched = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&watched, 1, 0) != 0
    }

    /// Waits for the next line, for at most `time`.
    func next(within time: Duration) -> Event {
        let deadline = SuspendingClock.now + time
        while true {
            if let line = receiver.takeLine() { return .line(line) }
            var watched = [
                pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
                pollfd(fd: errorsOpen ? errors : -1, events: Int16(POLLIN), revents: 0),
            ]
            let left = SuspendingClock.now.duration(to: deadline)
            guard left > .zero else { return .quiet }
            let ready = poll(&watched, 2, CInt(clamping: Int64(left / .milliseconds(1)) + 1))
            if ready < 0, errno != EINTR { return .ended }
            if ready <= 0 { continue }
            if watched[1].revents != 0 { drainErrors() }
            guard watched[0].revents != 0 else { continue }
            switch receiver.fill() {
            case .some: continue
            case .ended, .failed: return .ended
            case .tooLong: return .babbled("sent a line that has no end")
            }
        }
    }

    /// Ends it, whatever it is doing. A worker that has closed its socket by dying keeps its own ending: the kernel
    /// settles that before it closes anything. Returns how it ended, and the last of what it wrote to standard error.
    func end() -> (ChildProcess.Ending, String?) {
        child.kill()
        let ending = child.wait()
        _ = fcntl(errors, F_SETFL, O_NONBLOCK)
        while errorsOpen { drainErrors() }
        let words = String(decoding: errorTail, as: UTF8.self).split(whereSeparator: \.isNewline)
        return (ending, words.isEmpty ? nil : words.joined(separator: "; "))
    }

    private func drainErrors() {
        var chunk = [UInt8](repeating: 0, count: 4096)
        let got = read(errors, &chunk, chunk.count)
        if got < 0, errno == EINTR { return }
        guard got > 0 else {
            errorsOpen = false
            return
        }
        errorTail += chunk[..<got]
        errorTail.removeFirst(max(errorTail.count - WorkerProcess.errorTailLimit, 0))
    }

    private static func cannotStart(_ executable: String, _ error: CInt) -> Failure {
        Failure(
            .notDone, subject: executable, problem: "the media worker cannot be started",
            remedy: "Install reelgate-media beside reelgate, or name it in REELGATE_MEDIA",
            cause: String(cString: strerror(error)))
    }
}
