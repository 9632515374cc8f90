/// What a path means. A path that exists is known before the method is looked at, so that a wrong method is 405.
enum Route: Hashable {
    case anonymousToken
    case createSession
    case message
    case upload(session: String)
    case credits
    case state(session: String)
    case submitRender
    case pollRender(String)
    case downloadRender(String)
    case cancelRender(String)
    case claimToken
    /// What `output.url` points to; no token is asked for.
    case film(String)
    /// What `cdn_url` points to; no token is asked for.
    case uploadedFile(String)

    init?(path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
        switch parts.count {
        case 1 where parts == ["run_sse"]: self = .message
        case 3 where parts == ["api", "auth", "anonymous-token"]: self = .anonymousToken
        case 3 where parts == ["api", "auth", "claim-token"]: self = .claimToken
        case 3 where parts[..<2] == ["files", "renders"] && parts[2].hasSuffix(".mp4"):
            self = .film(String(parts[2].dropLast(4)))
        case 3 where parts[..<2] == ["files", "uploads"]: self = .uploadedFile(parts[2])
        case 4 where parts == ["api", "credits", "balance", "simple"]: self = .credits
        case 4 where parts == ["api", "render", "proxy", "lambda"]: self = .submitRender
        case 5 where parts == ["api", "tasks", "me", "with-session", "nemo_agent"]: self = .createSession
        case 5 where parts[..<4] == ["api", "upload-video", "nemo_agent", "me"]: self = .upload(session: parts[4])
        case 5 where parts[..<4] == ["api", "render", "proxy", "lambda"]: self = .pollRender(parts[4])
        case 5 where parts[..<3] == ["api", "render", "proxy"] && parts[4] == "download":
            self = .downloadRender(parts[3])
        case 6 where parts[..<4] == ["api", "state", "nemo_agent", "me"] && parts[5] == "latest":
            self = .state(session: parts[4])
        case 6 where parts[..<4] == ["api", "render", "proxy", "lambda"] && parts[5] == "cancel":
            self = .cancelRender(parts[4])
        case _: return nil
        }
    }

    var methods: [String] {
        switch self {
        case .anonymousToken, .createSession, .message, .upload, .submitRender, .cancelRender, .claimToken: ["POST"]
        case .credits, .state, .pollRender: ["GET"]
        case .downloadRender, .film, .uploadedFile: ["GET", "HEAD"]
        }
    }

    var needsToken: Bool {
        switch self {
        case .createSession, .message, .upload, .credits, .state, .submitRender, .pollRender, .downloadRender,
            .cancelRender, .claimToken:
            true
        case .anonymousToken, .film, .uploadedFile: false
        }
    }

    /// The session that the path names.
    var session: String? {
        switch self {
        case .upload(let session), .state(let session): session
        case .anonymousToken, .createSession, .message, .credits, .submitRender, .pollRender, .downloadRender,
            .cancelRender, .claimToken, .film, .uploadedFile:
            nil
        }
    }
}
