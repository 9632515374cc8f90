internal import FlyingFox
internal import ReelModel

extension Service {
    /// `POST /api/tasks/me/with-session/nemo_agent`: a new project each time.
    func createSession(_ call: Call, _ account: Account) async throws -> Answer {
        var fields = Fields(try await call.body.json(limit: choices.maxDocumentBytes))
        let name = fields.string("task_name")
        let language = fields.optionalString("language")
        try fields.check()
        let session = try await store.createSession(for: account, taskName: name, language: language)
        return wording.success([
            "task_id": .string(session.taskID), "session_id": wording.id(session.id),
            "user_id": .string(session.userID),
        ])
    }
}
