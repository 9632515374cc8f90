public import Logging
internal import ReelModel

/// The backend's calls, each with the cures that are safe to apply by themselves: a new anonymous token, a new client
/// id, a pause after 429, another try of a question. What may have taken effect is never repeated; the error says so.
/// All calls throw `RemoteError`, or `CancellationError` when the task is cancelled.
public struct NemoClient: Sendable {
    public struct Configuration: Sendable {
        public var backend: Backend
        public var attribution: Attribution
        /// The user's own token (`NEMO_TOKEN`), which is used as it is and never replaced.
        public var token: Token?
        /// The user's own client id (`NEMO_CLIENT_ID`).
        public var clientID: String?
        /// Where client id and anonymous token are kept; `nil` keeps them in memory only.
        public var storeDirectory: String?
        /// What the backend is called in that folder, where its address is not the same each time; usually its origin.
        public var storeName: String?
        /// Where people register (`NEMO_WEB_URL`).
        public var webAddress: String
        /// Seconds after 429.
        public var rateLimitWait: Double
        /// Seconds after each failure that may pass; as many tries more as there are numbers.
        public var transientWaits: [Double]
        public var messageLimits: MessageLimits
        /// Told of each pause after 429 before it begins, in seconds: half a minute without a word looks like a fault.
        public var onRateLimit: (@Sendable (Double) -> Void)?
        /// Waits that many seconds.
        public var sleep: @Sendable (Double) async throws -> Void
        public var logger: Logger?

        public init(
            backend: Backend, attribution: Attribution, token: Token? = nil, clientID: String? = nil,
            storeDirectory: String? = nil, webAddress: String = "https://nemovideo.com", rateLimitWait: Double = 30,
            transientWaits: [Double] = [0.5, 1.5], messageLimits: MessageLimits = MessageLimits(),
            sleep: @escaping @Sendable (Double) async throws -> Void = { try await Task.sleep(for: .seconds($0)) },
            logger: Logger? = nil
        ) {
            self.backend = backend
            self.attribution = attribution
            self.token = token
            self.clientID = clientID
            self.storeDirectory = storeDirectory
            self.webAddress = webAddress
            self.rateLimitWait = rateLimitWait
            self.transientWaits = transientWaits
            self.messageLimits = messageLimits
            self.sleep = sleep
            self.logger = logger
        }
    }

    /// When a message's stream is given up, and when it is said that work goes on. Seconds.
    public struct MessageLimits: Sendable, Hashable {
        public var total: Double
        /// Without words or tools.
        public var heartbeatsOnly: Double
        /// Between two words that work goes on.
        public var reassurance: Double

        public init(total: Double = 900, heartbeatsOnly: Double = 600, reassurance: Double = 120) {
            self.total = total
            self.heartbeatsOnly = heartbeatsOnly
            self.reassurance = reassurance
        }
    }

    let configuration: Configuration
    let transport: Transport
    let keeper: TokenKeeper

    public init(_ configuration: Configuration, transport: Transport) {
        self.configuration = configuration
        self.transport = transport
        keeper = TokenKeeper(configuration, transport: transport)
    }

    public var backend: Backend { configuration.backend }

    /// Makes sure that there is a token: the user's own, the one that was kept, or a new anonymous one.
    public func connect() async throws {
        _ = try await keeper.token()
    }

    // MARK: Calls

    /// One call as it is sent, before it is signed.
    struct Order {
        var call: RemoteError.Call
        var method: Request.Method
        var address: WebAddress?
        var body = Request.Body.none
        var limits = Request.Limits()
        /// What it is about, for messages.
        var file: String?
        var progress: TransferProgressHandler?
    }

    struct Answer: Sendable {
        let head: ResponseHead
        let envelope: Envelope
    }

    /// Carries a call out with its cures, and reads its JSON.
    /// - Parameter accept: whether an answer that looks like a refusal is one all the same.
    func ask(_ order: Order, accept: (Envelope) -> Bool = { _ in false }) async throws -> Answer {
        try await withCures(order) { token in
            let request = try self.request(order, token: token)
            let response: Response
            do throws(TransportFailure) {
                response = try await transport.collect(request, progress: order.progress)
            } catch {
                throw try self.error(error, order)
            }
            configuration.logger?.debug(
                "answered", metadata: ["call": "\(order.call)", "status": "\(response.head.status)"])
            return try self.answer(response.head, response.body, order, token: token, accept: accept)
        }
    }

    /// Reads an answer that came whole. Throws the refusal that it holds.
    func answer(
        _ head: ResponseHead, _ body: [UInt8], _ order: Order, token: Token,
        accept: (Envelope) -> Bool = { _ in false }
    ) throws -> Answer {
        let envelope = (try? JSON(parsing: body)).map(Envelope.init)
        if head.isSuccess, let envelope, accept(envelope) { return Answer(head: head, envelope: envelope) }
        if var refusal = RemoteError(
            head, envelope, call: order.call, origin: configuration.backend.origin, file: order.file)
        {
            refusal.cause = refusal.cause.map(token.redacting)
            throw refusal
        }
        guard let envelope else {
            throw RemoteError(
                .unreadableAnswer, call: order.call, origin: configuration.backend.origin, file: order.file,
                cause: "no JSON, but \(head.contentType ?? "something unnamed")",
                mayHaveTakenEffect: !order.call.isQuestion)
        }
        return Answer(head: head, envelope: envelope)
    }

    /// Tries, and applies cures until there is none left.
    func withCures<Value>(_ order: Order, _ attempt: (Token) async throws -> Value) async throws -> Value {
        var policy = RetryPolicy(hasOwnToken: configuration.token != nil, waits: configuration.waits)
        while true {
            let token = try await keeper.token()
            do {
                return try await attempt(token)
            } catch let error as RemoteError {
                configuration.logger?.debug("failed", metadata: ["call": "\(order.call)", "kind": "\(error.kind)"])
                switch policy.on(error) {
                case .renewToken: try await keeper.renew(token)
                case .renewClientID: await keeper.renewClientID()
                case .wait(let seconds): try await configuration.pause(seconds, after: error)
                case .giveUp: throw await completed(error)
                }
            }
        }
    }

    /// The error with what only the client knows.
    func completed(_ error: RemoteError) async -> RemoteError {
        var error = error
        switch error.kind {
        case .tokenInvalid: error.kind = .tokenInvalid(isOwn: configuration.token != nil)
        case .outOfCredits: error.kind = .outOfCredits(registration: await registrationAddress())
        case .sessionNotFound, .unsupportedType, .tooLarge, .clientIDMissing, .planTooLow, .rateLimited, .notFound,
            .linkExpired, .refused, .serverError, .unreachable, .insecure, .outcomeUnknown, .timedOut,
            .unreadableAnswer, .localFile:
            break
        }
        return error
    }

    /// Where an anonymous user registers; `nil` for one who has a token of their own.
    func registrationAddress() async -> String? {
        guard configuration.token == nil else { return nil }
        let page = configuration.webAddress + "/register"
        guard let user = await keeper.userID else { return page }
        return page + "?bind=" + WebAddress.segment(user)
    }

    func request(_ order: Order, token: Token) throws -> Request {
        guard let address = order.address else {
            throw RemoteError(
                .refused(code: nil), call: order.call, origin: configuration.backend.origin, cause: "no such address")
        }
        var headers = [(name: "Authorization", value: "Bearer \(token.secret)")] + configuration.attribution.headers
        if order.call != .message { headers.append(("Accept", "application/json")) }
        return Request(
            order.method, address, headers: headers, body: order.body, limits: order.limits,
            acceptsCompression: order.call != .message, mustNotRepeat: !order.call.isQuestion)
    }

    /// A failed transfer as these calls report it.
    func error(_ failure: TransportFailure, _ order: Order) throws -> RemoteError {
        if failure.kind == .cancelled { throw CancellationError() }
        return RemoteError(failure, call: order.call, file: order.file)
    }
}

extension NemoClient.Configuration {
    /// Waits before a call is repeated.
    func pause(_ seconds: Double, after error: RemoteError) async throws {
        if error.kind == .rateLimited { onRateLimit?(seconds) }
        try await sleep(seconds)
    }

    var waits: RetryPolicy.Waits { RetryPolicy.Waits(rateLimit: rateLimitWait, transient: transientWaits) }
}
