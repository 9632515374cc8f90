internal import FlyingFox
internal import Foundation
internal import Logging
internal import ReelModel

extension Service {
    /// `POST /run_sse`: a message to the agent. It is accepted, done and charged, or refused, before the first byte of
    /// the stream.
    func message(_ call: Call, _ account: Account, _ strikes: [FaultPlan.Strike]) async throws -> Answer {
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
        do {
            guard app == "nemo_agent" else { throw Refusal(status: 404, detail: "App not found: \(app)") }
            guard user == "me" || user == account.userID else { throw Refusal.unknownSession(id) }
            _ = try await session(id, of: account, strikes)
            let (session, turn) = try await store.accept(message: text, in: id, of: account)
            logger.debug("message", metadata: ["session": "\(session.id)", "changed": "\(turn.changed)"])
            return await stream(of: turn, in: session.id)
        } catch let refusal as Refusal where refusal.code != nil {
            // The agent's own server words it in its own way.
            if refusal.code == 1002, choices.unknownSession == .agent {
                throw Refusal(status: 404, detail: "Session not found: \(id)")
            }
            guard choices.messageRefusal == .stream else { throw refusal }
            return .stream([StreamLine(text: "data: \(wording.body(of: refusal))\n\n")])
        }
    }

    private func stream(of turn: AgentTurn, in id: String) async -> Answer {
        let store = store
        let writer = AgentStream(
            choices: choices, identifier: { UUID().uuidString.lowercased() }, time: await store.time,
            show: { composition in store.working.show(composition, in: id) })
        var answer = Answer.stream(writer.lines(for: turn))
        answer.ending = Playback.Ending { [choices] end in
            let shown = store.working.end(id)
            guard end.how == .left || end.how == .cut, choices.disconnect == .cancels, turn.changed else { return }
            Task { try? await store.undo(in: id, to: shown) }
        }
        return answer
    }
}
