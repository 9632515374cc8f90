public import Foundation
internal import FlyingFox
internal import FlyingSocks
public import Logging
internal import ReelModel
public import ReelWorker

/// The service's HTTP contract on this machine alone: 127.0.0.1, without TLS. Strict about the contract, and never a
/// model: a script lays out what was uploaded, and the media service renders it. Everything lives in a folder and
/// outlives the process.
public actor LocalBackend {
    public struct Configuration: Sendable {
        /// The folder that holds everything; made where it does not exist. One backend at a time uses it.
        public var state: URL
        /// The bytes that a whole upload request may have, form and all. The service says 200 MB.
        public var maxUploadBytes: Int64
        /// Silent unless one is given.
        public var logger: Logger
        /// Fetches `http` addresses of this machine for uploads by address; without it, those are refused.
        public var fetch: Fetcher?
        /// Seconds between two events of a message's stream.
        public var pace: Double
        /// The time, as seconds since 1970; for tests of what expires.
        public var now: @Sendable () -> Double
        /// Faults to inject; `LocalBackend.faults` lists them.
        public var faults: [FaultOrder] = []
        /// The same seed and the same requests in the same order meet the same faults.
        public var seed: UInt64 = 0
        /// What the public contract leaves open, by name; `LocalBackend.switches` lists them.
        public var switches: [(name: String, value: String)] = []
        /// Where to write what was asked and answered, a line of JSON each.
        public var record: URL?

        public init(
            state: URL, maxUploadBytes: Int64 = 200_000_000,
            logger: Logger = Logger(label: "reelgate.local", factory: { _ in SwiftLogNoOpLogHandler() }),
            fetch: Fetcher? = nil, pace: Double = 0.02,
            now: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 }
        ) {
            self.state = state
            self.maxUploadBytes = maxUploadBytes
            self.logger = logger
            self.fetch = fetch
            self.pace = pace
            self.now = now
        }
    }

    /// Writes what stands at an address to an open file, at most so many bytes.
    public typealias Fetcher = @Sendable (_ address: String, _ file: OpenFile, _ maxBytes: Int64) async throws -> Void

    private let configuration: Configuration
    private let media: any MediaService
    private var running: Running?

    private struct Running {
        let server: HTTPServer
        let task: Task<Void, any Error>
        let queue: RenderQueue
        let lock: StateLock
        let port: UInt16
    }

    public init(configuration: Configuration, media: any MediaService) {
        self.configuration = configuration
        self.media = media
    }

    /// Opens the state, takes up renders that an earlier process left undone, and listens; 0 lets the system choose
    /// the port. Returns the port. Started already, it returns the port it has.
    ///
    /// - Throws: `Failure` where the folder cannot be used, another backend is using it, or the port is taken.
    public func start(port: UInt16 = 0) async throws -> UInt16 {
        if let running { return running.port }
        let folder = StateFolder(root: configuration.state)
        try makeFolder(folder)
        let lock = try StateLock(folder)
        try folder.prepare()
        var choices = Choices()
        choices.pace = configuration.pace
        choices.maxUploadBytes = configuration.maxUploadBytes
        for (name, value) in configuration.switches { try choices.turn(name, to: value) }
        let record = try configuration.record.map { file throws(Failure) in try ExchangeRecord(file) }
        let store = try Store(folder: folder, choices: choices, now: configuration.now)
        let queue = RenderQueue(store: store, media: media, logger: configuration.logger)
        let origin = Origin()
        let service = Service(
            store: store, queue: queue, media: media, fetch: configuration.fetch,
            faults: FaultPlan(configuration.faults, seed: configuration.seed), record: record, origin: origin,
            logger: configuration.logger)
        let pool = PollPool()
        let server = HTTPServer(
            config: HTTPServer.Configuration(
                address: try sockaddr_in.inet(ip4: "127.0.0.1", port: port),
                // Seconds until the answer begins: the largest file that is taken comes in that time at 1 MB a second.
                // Not longer, because the server library leaves a timer behind for each request, which stays in memory
                // until then.
                timeout: 300, sharedRequestBufferSize: 65_536,
                // Larger bodies are never kept for a second reading.
                sharedRequestReplaySize: 0, pool: pool, logger: .disabled),
            handler: service)
        let task = Task { try await server.run() }
        let listening: UInt16
        do {
            listening = try await listeningPort(of: server, task, asked: port)
        } catch {
            pool.stop()
            throw error
        }
        origin.set(listening)
        lock.note(port: listening)
        running = Running(server: server, task: task, queue: queue, lock: lock, port: listening)
        await queue.resume()
        configuration.logger.info("listening", metadata: ["port": "\(listening)"])
        return listening
    }

    /// The port of a backend that is using this state folder now, in this process or another.
    public static func port(ofBackendUsing state: URL) -> UInt16? {
        StateLock.holder(of: StateFolder(root: state))
    }

    /// The port that was listened on last with this state folder. Whoever takes it again is found by those who spoke to it.
    public static func lastPort(ofBackendUsing state: URL) -> UInt16? {
        StateLock.lastPort(of: StateFolder(root: state))
    }

    /// Stops listening and stops a render that is running; it is taken up at the next start.
    public func stop() async {
        guard let running else { return }
        self.running = nil
        await running.server.stop()
        await running.queue.stop()
        _ = await running.task.result
        _ = consume running
    }

    private func makeFolder(_ folder: StateFolder) throws {
        do {
            try folder.make(folder.root)
        } catch {
            throw Failure(
                .notDone, subject: configuration.state.path(percentEncoded: false),
                problem: "the state folder cannot be made", remedy: "Name a folder that can be written to",
                cause: String(describing: error))
        }
    }

    /// Seconds until the socket listens, on a machine that has much else to do.
    private static let patience = 60.0

    private func listeningPort(
        of server: HTTPServer, _ task: Task<Void, any Error>, asked port: UInt16
    ) async throws -> UInt16 {
        // A port that is taken ends the server's own task; nobody else would tell.
        let waiting = Task { try await server.waitUntilListening(timeout: Self.patience) }
        Task {
            _ = await task.result
            waiting.cancel()
        }
        do {
            try await waiting.value
            if case .ip4(_, port: let port)? = await server.listeningAddress { return port }
        } catch {
            task.cancel()
            var cause = error
            if case .failure(let reason) = await task.result, !(reason is CancellationError) { cause = reason }
            throw Failure(
                .notDone, subject: "127.0.0.1:\(port)", problem: "the local backend cannot listen there",
                remedy: "Choose another port", cause: String(describing: cause))
        }
        throw Failure(
            .notDone, subject: "127.0.0.1:\(port)", problem: "the local backend does not know its port",
            remedy: "Choose another port")
    }
}
