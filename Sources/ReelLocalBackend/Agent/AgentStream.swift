internal import ReelModel

/// A turn as the lines of a stream: events as `adk api_server` writes them, and the empty `data:` lines that the
/// service adds while its agent works.
struct AgentStream: Sendable {
    /// Makes the ids of events.
    let identifier: @Sendable () -> String
    /// Seconds since 1970.
    let time: Double

    /// Each is written and flushed on its own.
    func lines(for turn: AgentTurn) -> [String] {
        let invocation = "e-" + identifier()
        let call = "call-" + identifier().prefix(8)
        var time = time
        func event(_ members: JSON.Member..., delta: JSON = [:]) -> String {
            time += 0.01
            let common: [JSON.Member] = [
                .init("invocationId", .string(invocation)), .init("author", "nemo_agent"),
                .init(
                    "actions",
                    [
                        "stateDelta": delta, "artifactDelta": [:], "requestedAuthConfigs": [:],
                        "requestedToolConfirmations": [:],
                    ]),
                .init("id", .string(identifier())), .init("timestamp", JSON(time)),
            ]
            return "data: \(JSON.object(members + common))\n\n"
        }
        func said(_ text: String) -> JSON { ["text": .string(text)] }
        func content(_ parts: JSON..., role: String = "model") -> JSON.Member {
            .init("content", ["parts": .array(parts), "role": .string(role)])
        }
        let heartbeat = "data:\n\n"
        let draft = turn.composition?.draft ?? [:]
        var lines: [String] = []
        if turn.report != nil {
            let opening = ["Local ", "backend: laying out ", "your timeline…\n"]
            lines += opening.map { event(content(said($0)), .init("partial", true)) }
            lines.append(event(content(said(opening.joined())), .init("turnComplete", true)))
            lines.append(event(content(["text": "reading the message word by word", "thought": true])))
        }
        lines.append(
            event(content(["functionCall": ["id": .string(call), "args": [:], "name": .string(turn.tool)]])))
        lines += [heartbeat, heartbeat]
        lines.append(
            event(
                content(
                    [
                        "functionResponse": [
                            "id": .string(call), "name": .string(turn.tool),
                            "response": ["status": "ok", "changed": .bool(turn.changed)],
                        ]
                    ], role: "user"),
                delta: turn.changed ? ["draft": draft] : [:]))
        lines.append(event(content(said(""))))
        guard let report = turn.report else { return lines }
        lines.append(event())
        lines.append(heartbeat)
        lines.append(event(content(said(report)), .init("finishReason", "STOP")))
        return lines
    }
}
