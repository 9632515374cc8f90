public import ReelModel

/// What the backend holds of a session.
public struct SessionState: Sendable, Hashable {
    /// As it came.
    public let json: JSON
    /// `nil` while there is none.
    public let draft: Draft?
    /// Uploaded and generated media; an array or an object, of unpublished items.
    public let videoInfos: JSON
    /// An array or an object, of unpublished items.
    public let generatedMedia: JSON
    /// Size and ratio, unpublished.
    public let canvas: JSON

    /// Reads the state out of an answer's payload, or out of the state itself.
    public init(_ json: JSON) {
        var state = json["state"] ?? json
        if case .string(let text) = state, let inner = try? JSON(parsing: text) { state = inner }
        self.json = state
        let draft = state.first(of: "draft").flatMap(Draft.init)
        self.draft = draft.flatMap { $0.json.isEmpty ? nil : $0 }
        videoInfos = state.first(of: "video_infos", "videoInfos") ?? .null
        generatedMedia = state.first(of: "generated_media", "generatedMedia") ?? .null
        canvas = state.first(of: "canvas_config", "canvasConfig") ?? .null
    }

    /// Two states that say the same about the project have the same text here. The backend gives no version.
    public var canonical: String {
        JSON.array([draft?.json ?? .null, videoInfos, generatedMedia].map { $0.isEmpty ? .null : $0 })
            .canonical.description
    }

    /// Reads a state back from its canonical text; what that does not hold is gone.
    public init?(canonical: String) {
        guard let parts = (try? JSON(parsing: canonical))?.elements, parts.count == 3 else { return nil }
        self.init(["draft": parts[0], "video_infos": parts[1], "generated_media": parts[2]])
    }
}

extension NemoClient {
    /// The newest state of a session.
    public func state(session: String) async throws -> SessionState {
        let order = Order(call: .state, method: .get, address: stateAddress(of: session))
        let envelope = try await ask(order).envelope
        await keeper.note(userID: envelope.field("user_id", "userId")?.identifier)
        return SessionState(envelope.payload)
    }

    func stateAddress(of session: String) -> WebAddress? {
        backend.path("api", "state", "nemo_agent", "me", WebAddress.segment(session), "latest")
    }
}
