internal import FlyingFox
internal import Foundation
internal import Logging
internal import ReelModel

extension Service {
    /// `POST /run_sse`: a message to the agent. What it changes is on disk before the first byte of the stream.
    func message(_ call: Call, _ account: Account) async throws -> HTTPResponse {
        guard call.request.headers[.contentType]?.lowercased().hasPrefix("application/json") == true else {
            throw Refusal.unprocessable([
                Refusal.field(
                    "model_attributes_type", [], "Input should be a valid dictionary or object to extract fields from",
                    input: nil)
            ])
        }
        var fields = Fields(try await call.body.json(limit: choices.maxDocumentBytes))
        let app = fields.string("app_name", "appName")
        let user = fields.string("user_id", "userId")
        let id = fields.string("session_id", "sessionId")
        let parts = fields.object("new_message", "newMessage")["parts"]?.elements ?? []
        let text = parts.compactMap { $0["text"]?.text }.joined(separator: "\n")
        if text.isEmpty, fields.problems.isEmpty {
            fields.complain("newMessage", "parts", message: "A message needs a part with text")
        }
        try fields.check()
        guard app == "nemo_agent" else { throw Refusal(status: 404, detail: "App not found: \(app)") }
        guard user == "me" || user == account.userID else {
            throw Refusal(status: 404, detail: "Session not found: \(id)")
        }
        do {
            let (session, turn) = try await store.accept(message: text, in: id, of: account)
            logger.debug("message", metadata: ["session": "\(session.id)", "changed": "\(turn.changed)"])
            let working = store.working
            let lines = AgentStream(
                identifier: { UUID().uuidString.lowercased() }, time: await store.time
            ).lines(for: turn)
            return Reply.stream(
                PacedLines(
                    lines: lines, pace: choices.pace, ending: PacedLines.Ending { working.end(session.id) }))
        } catch let refusal as Refusal where refusal == .unknownSession(id) {
            // The agent's own server words it in its own way.
            throw Refusal(status: 404, detail: "Session not found: \(id)")
        }
    }
}
