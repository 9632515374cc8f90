internal import ReelModel

/// A project at the backend.
public struct Session: Sendable, Hashable {
    public var id: String
    public var taskID: String?
    public var userID: String?
}

public struct Credits: Sendable, Hashable {
    public var available: Int64
    /// Reserved for what is running.
    public var frozen: Int64
    public var total: Int64
}

extension NemoClient {
    /// Opens a new session. Not repeated when its outcome is unknown; an empty session that nobody knows does no harm.
    /// - Parameter language: IETF tag (`en`, `zh-CN`) of the language to be answered in.
    public func createSession(language: String? = nil) async throws -> Session {
        var body: [JSON.Member] = [JSON.Member("task_name", "project")]
        if let language { body.append(JSON.Member("language", .string(language))) }
        let order = Order(
            call: .session, method: .post,
            address: backend.path("api", "tasks", "me", "with-session", "nemo_agent"),
            body: .bytes(JSON.object(body).bytes(), contentType: "application/json"))
        let envelope = try await ask(order).envelope
        guard let id = envelope.field("session_id", "sessionId")?.identifier else {
            throw RemoteError(
                .unreadableAnswer, call: .session, origin: backend.origin, cause: "there is no session_id in it")
        }
        let session = Session(
            id: id, taskID: envelope.field("task_id", "taskId")?.identifier,
            userID: envelope.field("user_id", "userId")?.identifier)
        await keeper.note(userID: session.userID)
        return session
    }

    public func credits() async throws -> Credits {
        let order = Order(
            call: .credits, method: .get, address: backend.path("api", "credits", "balance", "simple"))
        let envelope = try await ask(order).envelope
        func whole(_ json: JSON?) -> Int64? {
            json?.integer ?? json?.double.flatMap { Int64(exactly: $0.rounded(.down)) }
        }
        guard let available = whole(envelope.field("available", "balance")) else {
            throw RemoteError(
                .unreadableAnswer, call: .credits, origin: backend.origin, cause: "there is no number of credits in it")
        }
        let frozen = whole(envelope.field("frozen")) ?? 0
        let (sum, overflow) = available.addingReportingOverflow(frozen)
        return Credits(
            available: available, frozen: frozen, total: whole(envelope.field("total")) ?? (overflow ? available : sum))
    }
}
