internal import ReelModel

/// Why the backend did not do what it was asked.
public struct RemoteError: Error, Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// 1001, 1010, 1011, HTTP 401 or 403. `isOwn`: it is the caller's own token, which nobody may replace.
        case tokenInvalid(isOwn: Bool)
        /// 1002, or HTTP 404 about a session.
        case sessionNotFound
        /// 2001. `registration` is where an anonymous user registers; a registered one tops up.
        case outOfCredits(registration: String?)
        /// 4001, or HTTP 415.
        case unsupportedType
        /// 4002, or HTTP 413.
        case tooLarge
        /// 400 for want of a client id.
        case clientIDMissing
        /// 402: the subscription's tier, not the credits.
        case planTooLow
        /// 429.
        case rateLimited
        /// HTTP 404, or the same in words.
        case notFound
        /// The address of a result is not good any more.
        case linkExpired
        /// Any other refusal, by the contract's code or HTTP's status.
        case refused(code: Int64?)
        /// HTTP 5xx.
        case serverError(status: Int)
        /// Nothing left this machine, or nobody was there to take it.
        case unreachable
        /// The certificate or the handshake, or plain `http` to another machine.
        case insecure
        /// The request may have been carried out; the answer is lost.
        case outcomeUnknown
        /// The stream went on without an end.
        case timedOut
        /// An answer that is not what the contract says.
        case unreadableAnswer
        /// A file here could not be read or written.
        case localFile
    }

    public enum Call: String, Sendable, Hashable, CaseIterable {
        case token, session, message, upload, credits, state, renderSubmit, renderStatus, download, claim

        /// Whether it only asks, so that twice is as good as once.
        var isQuestion: Bool {
            switch self {
            // Another claim token does no harm: it opens the same project.
            case .token, .credits, .state, .renderStatus, .download, .claim: true
            case .session, .message, .upload, .renderSubmit: false
            }
        }

        /// As the subject of a sentence.
        var label: String {
            switch self {
            case .token: "the anonymous token"
            case .session: "the new session"
            case .message: "the message"
            case .upload: "the upload"
            case .credits: "the credits"
            case .state: "the session's state"
            case .renderSubmit: "the export"
            case .renderStatus: "the export's status"
            case .download: "the download"
            case .claim: "the link to take the project over"
            }
        }
    }

    public var kind: Kind
    public var call: Call
    /// Scheme, host and port.
    public var origin: String
    /// The file that it is about, where there is one.
    public var file: String?
    /// The server's, libcurl's or the system's own words. Holds no token.
    public var cause: String?
    /// Whether the server may have carried the request out, although it failed. Then it is asked about, not repeated.
    public var mayHaveTakenEffect: Bool

    public init(
        _ kind: Kind, call: Call, origin: String, file: String? = nil, cause: String? = nil,
        mayHaveTakenEffect: Bool = false
    ) {
        self.kind = kind
        self.call = call
        self.origin = origin
        self.file = file
        self.cause = cause
        self.mayHaveTakenEffect = mayHaveTakenEffect
    }

    /// Whether the same question may well be answered a little later.
    public var isTransient: Bool {
        switch kind {
        case .serverError, .unreachable, .outcomeUnknown, .rateLimited, .timedOut: true
        case .tokenInvalid, .sessionNotFound, .outOfCredits, .unsupportedType, .tooLarge, .clientIDMissing, .planTooLow,
            .notFound, .linkExpired, .refused, .insecure, .unreadableAnswer, .localFile:
            false
        }
    }
}

extension RemoteError {
    init(_ failure: TransportFailure, call: Call, file: String? = nil) {
        // What becomes of a question does not matter; only that there is no answer.
        let mayHaveTakenEffect = failure.mayHaveBeenSent && !call.isQuestion
        let kind: Kind =
            switch failure.kind {
            case .insecureConnection, .plainTextRefused: .insecure
            case .answerTooLong: .unreadableAnswer
            case .sourceUnreadable, .sinkUnwritable: .localFile
            case .unreachable, .cut, .stalled, .timedOut, .cancelled, .other:
                mayHaveTakenEffect ? .outcomeUnknown : .unreachable
            }
        self.init(
            kind, call: call, origin: failure.origin, file: file, cause: failure.cause.isEmpty ? nil : failure.cause,
            mayHaveTakenEffect: mayHaveTakenEffect)
    }

    /// What a whole answer says against itself; `nil` where it is good.
    init?(_ head: ResponseHead, _ envelope: Envelope?, call: Call, origin: String, file: String? = nil) {
        let code = envelope?.refusalCode
        guard !head.isSuccess || envelope?.isRefusal == true else { return nil }
        let words = envelope?.message
        let kind = Self.kind(code: code, status: head.status, words: words?.lowercased() ?? "", call: call)
        // A server that fails half way, or a gateway that lost it, may have done the work.
        let isServers = if case .serverError = kind { true } else { false }
        self.init(
            kind, call: call, origin: origin, file: file, cause: words ?? (code == nil ? "HTTP \(head.status)" : nil),
            mayHaveTakenEffect: isServers && !call.isQuestion)
    }

    /// The body's code goes before HTTP's status.
    static func kind(code: Int64?, status: Int, words: String, call: Call) -> Kind {
        let isAboutSession = words.contains("session") && words.contains("not found")
        switch code ?? Int64(status) {
        case 1001, 1010, 1011, 401, 403: return .tokenInvalid(isOwn: false)
        case 1002: return .sessionNotFound
        case 2001: return .outOfCredits(registration: nil)
        case 4001, 415: return .unsupportedType
        case 4002, 413: return .tooLarge
        case 400:
            let isAboutClient =
                words.contains("client-id") || words.contains("client_id") || words.contains("client id")
            return call == .token || isAboutClient ? .clientIDMissing : .refused(code: 400)
        case 402: return .planTooLow
        case 404: return isAboutSession ? .sessionNotFound : .notFound
        case 429: return .rateLimited
        case 500..<600: return .serverError(status: Int(code ?? Int64(status)))
        case let other:
            if words.contains("not found") { return isAboutSession ? .sessionNotFound : .notFound }
            // Only a body without a code was a refusal here: the status was good.
            return .refused(code: (200..<300).contains(other) ? nil : other)
        }
    }
}

extension RemoteError: CustomStringConvertible {
    public var description: String { failure.description }
}
