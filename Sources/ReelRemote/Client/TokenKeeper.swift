internal import ReelModel

/// The one place that knows the token. Whoever needs it waits here while it is being asked for, so that it is asked
/// for once.
actor TokenKeeper {
    private let configuration: NemoClient.Configuration
    private let transport: Transport
    private let store: TokenStore?
    private var current: TokenRecord?
    private var clientID: String?
    private var asking: Task<TokenRecord, any Error>?

    /// Seconds before its end at which a token counts as expired.
    private static let margin = 60.0
    /// Where the backend does not say: the contract's seven days.
    private static let usualLife = 7.0 * 24 * 3600

    init(_ configuration: NemoClient.Configuration, transport: Transport) {
        self.configuration = configuration
        self.transport = transport
        store = configuration.storeDirectory.map {
            TokenStore(directory: $0, origin: configuration.storeName ?? configuration.backend.origin)
        }
    }

    /// Of the anonymous user.
    var userID: String? { current?.userID }

    /// Keeps the user's id where another answer than the token's names it.
    func note(userID: String?) {
        guard let userID, configuration.token == nil, var record = current, record.userID == nil else { return }
        record.userID = userID
        current = record
        try? store?.keep(record)
    }

    func token() async throws -> Token {
        if let own = configuration.token { return own }
        return try await record().token
    }

    /// Replaces a token that was refused, unless somebody has already done so.
    func renew(_ refused: Token) async throws {
        if current?.token == refused { current = nil }
        if store?.token()?.token == refused { store?.discardToken() }
        _ = try await record()
    }

    func renewClientID() {
        clientID = ClientID.new()
        if let clientID, configuration.clientID == nil { try? store?.keep(clientID: clientID) }
    }

    private func record() async throws -> TokenRecord {
        if let current, isFresh(current) { return current }
        if let kept = store?.token(), isFresh(kept) {
            current = kept
            return kept
        }
        if let asking {
            do {
                return try await asking.value
            } catch is CancellationError {
                // It was another's task that was cancelled.
                try Task.checkCancellation()
                return try await self.record()
            }
        }
        let task = Task { try await self.ask() }
        asking = task
        defer { asking = nil }
        let record = try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
        current = record
        return record
    }

    private func isFresh(_ record: TokenRecord) -> Bool { record.expires - Self.margin > Moment.now }

    // MARK: Asking

    private func ask() async throws -> TokenRecord {
        guard let store else { return try await askBackend() }
        do {
            // Another process that is asking right now will leave its token in the store.
            for _ in 0..<600 {
                if let lock = try store.lock() {
                    if let kept = store.token(), isFresh(kept) { return kept }
                    let record = try await askBackend()
                    try store.keep(record)
                    _ = consume lock
                    return record
                }
                try await Task.sleep(for: .milliseconds(100))
            }
            return try await askBackend()
        } catch let failure as Failure {
            throw RemoteError(
                .localFile, call: .token, origin: configuration.backend.origin, file: failure.subject,
                cause: failure.cause)
        }
    }

    private func askBackend() async throws -> TokenRecord {
        var policy = RetryPolicy(hasOwnToken: true, waits: configuration.waits)
        while true {
            do {
                return try await askOnce()
            } catch let error as RemoteError {
                switch policy.on(error) {
                case .wait(let seconds): try await configuration.pause(seconds, after: error)
                case .renewClientID: renewClientID()
                case .renewToken, .giveUp: throw error
                }
            }
        }
    }

    private func askOnce() async throws -> TokenRecord {
        let origin = configuration.backend.origin
        guard let address = configuration.backend.path("api", "auth", "anonymous-token") else {
            throw RemoteError(.refused(code: nil), call: .token, origin: origin, cause: "no such address")
        }
        let request = Request(
            .post, address,
            headers: [("X-Client-Id", ownClientID()), ("Accept", "application/json")]
                + configuration.attribution.headers)
        let response: Response
        do throws(TransportFailure) {
            response = try await transport.collect(request, limit: 1024 * 1024)
        } catch {
            if error.kind == .cancelled { throw CancellationError() }
            throw RemoteError(error, call: .token)
        }
        let envelope = (try? JSON(parsing: response.body)).map(Envelope.init)
        if let refusal = RemoteError(response.head, envelope, call: .token, origin: origin) { throw refusal }
        guard let envelope, let token = envelope.field("token", "access_token", "accessToken")?.text.flatMap(Token.init)
        else {
            throw RemoteError(.unreadableAnswer, call: .token, origin: origin, cause: "there is no token in it")
        }
        let expires = envelope.field("expires_at", "expiresAt").flatMap(Moment.seconds)
        return TokenRecord(
            token: token, userID: envelope.field("user_id", "userId")?.identifier,
            expires: expires ?? Moment.now + Self.usualLife)
    }

    /// The user's, the one that was kept, or a new one that is kept from now on.
    private func ownClientID() -> String {
        if let clientID { return clientID }
        let given = configuration.clientID.flatMap(ClientID.normalised)
        let id = given ?? store?.clientID() ?? ClientID.new()
        if given == nil, store?.clientID() != id { try? store?.keep(clientID: id) }
        clientID = id
        return id
    }
}
