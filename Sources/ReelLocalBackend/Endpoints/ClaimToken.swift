internal import FlyingFox
internal import ReelModel

extension Service {
    /// `POST /api/auth/claim-token`: seven days, as often as one likes, and no right to call anything.
    func claimToken(_ call: Call, _ account: Account) async throws -> Answer {
        guard choices.claim == .offered else { throw Refusal.notFound }
        var fields = Fields(try await call.body.json(limit: choices.maxDocumentBytes))
        let task = fields.string("task_id")
        let session = fields.body["session_id"]?.identifier ?? fields.string("session_id")
        try fields.check()
        let (token, expires) = try await store.claim(session, task: task, of: account)
        let left = Int64((expires - (await store.time)).rounded())
        return wording.success(["claim_token": .string(token), "expires_in": wording.number(left)])
    }
}
