import ReelModel
import ReelPipeline
import ReelRemote

/// What single steps go on with: a connection, and the session named or the last one of that backend.
struct StepSession: Sendable {
    let settings: Settings
    let backend: String
    let options: SessionOptions

    init(settings: Settings, backend: BackendOptions, options: SessionOptions) {
        self.settings = settings
        self.backend = backend.backend ?? settings.backend
        self.options = options
    }

    /// Connects, says so, and goes on with the client.
    func with<Result: Sendable>(
        _ body: @escaping @Sendable (NemoClient) async throws -> Result
    ) async throws -> Result {
        try await BackendConnection.with(backend, settings, media: Media.service()) { connection in
            Terminal.shared.note("Connecting…")
            do {
                try await connection.client.connect()
                Terminal.shared.note("Ready!")
                return try await body(connection.client)
            } catch let error as RemoteError {
                throw error.failure
            }
        }
    }

    /// The session's id. Throws where none is named and none was worked in.
    func id() throws -> String {
        if let session = options.session { return session }
        if let last = try settings.journal().lastSession(backend: backend) { return last }
        throw Failure(
            .usage, subject: backend, problem: "there is no session yet on this backend",
            remedy: "Open one with `reelgate upload FILE`, or name one with --session")
    }
}
