internal import ReelModel

/// Writes the events of one turn.
struct EventWriter {
    private let stream: AgentStream
    private let invocation: String
    private var author = "nemo_agent"
    private var time: Double
    private var call = ("", "")

    init(stream: AgentStream) {
        self.stream = stream
        invocation = "e-" + stream.identifier()
        time = stream.time
    }

    mutating func write(_ step: AgentStep) -> [StreamLine] {
        if case .speaker(let name) = step { author = name }
        // Errors are written by the server around the agent, whatever dialect the agent has.
        if case .exception(let type, let message) = step { return [exception(type, message)] }
        if case .refusal(let code, let message) = step {
            return [line(["code": JSON(code), "message": .string("local backend: " + message), "data": nil])]
        }
        switch stream.choices.dialect {
        case .adk: return adk(step)
        case .typed: return typed(step)
        case .text: return plain(step)
        case .chunks: return chunks(step)
        }
    }

    private func line(_ json: JSON, _ kind: StreamLine.Kind = .event) -> StreamLine {
        StreamLine(text: "data: \(json)\n\n", kind: kind)
    }

    /// A text's pieces, each with whether the whole is still to come.
    private func pieces(_ text: [String]) -> [(text: String, isPartial: Bool)] {
        let whole = text.joined()
        guard text.count > 1 else { return [(whole, false)] }
        switch stream.choices.partials {
        case .deltas: return text.map { ($0, true) } + [(whole, false)]
        case .cumulative: return text.indices.map { (text[...$0].joined(), true) } + [(whole, false)]
        case .only: return text.map { ($0, true) }
        case .none: return [(whole, false)]
        }
    }

    // MARK: The agent's server

    private mutating func adk(_ step: AgentStep) -> [StreamLine] {
        switch step {
        case .say(let text, let ends):
            return pieces(text).map { piece, isPartial in
                let mark: [JSON.Member] =
                    isPartial
                    ? [.init("partial", true)]
                    : ends ? [text.count > 1 ? .init("turnComplete", true) : .init("finishReason", "STOP")] : []
                return event([content(["text": .string(piece)])] + mark, .words)
            }
        case .announce(let text, let tool, let arguments):
            return [event([content(["text": .string(text)], begin(tool, arguments))], .words)]
        case .think(let text): return [event([content(["text": .string(text), "thought": true])])]
        case .call(let tool, let arguments): return [event([content(begin(tool, arguments))])]
        case .result(let response, let shown):
            let answer: JSON = [
                "functionResponse": ["id": .string(call.0), "name": .string(call.1), "response": response]
            ]
            let delta: JSON = shown.map { ["draft": $0.draft(keys: stream.choices.segmentKeys)] } ?? [:]
            return [event([content(answer, role: "user")], delta: delta)]
        case .emptyText: return [event([content(["text": ""])])]
        case .emptyContent: return [event([content()])]
        case .nothing: return [event([])]
        case .errorEvent(let code, let message, let text):
            let error: [JSON.Member] = [
                .init("errorCode", .string(code)), .init("errorMessage", .string(message)),
            ]
            return [
                event((text.map { [content(["text": .string($0)])] } ?? []) + error, text == nil ? .event : .words)
            ]
        case .ask(let question, let tool):
            let asked = event([content(["text": .string(question)], begin(tool, [:]))], .words, confirms: call.0)
            return [asked]
        case .exception, .refusal, .speaker, .raw, .heartbeats, .stretch: return []
        }
    }

    private mutating func event(
        _ members: [JSON.Member], _ kind: StreamLine.Kind = .event, delta: JSON = [:], confirms id: String? = nil
    ) -> StreamLine {
        time += 0.01
        let confirmations: JSON =
            id.map { .object([.init($0, ["hint": "local backend: answer yes or no", "confirmed": false])]) } ?? [:]
        let common: [JSON.Member] = [
            .init("invocationId", .string(invocation)), .init("author", .string(author)),
            .init(
                "actions",
                [
                    "stateDelta": delta, "artifactDelta": [:], "requestedAuthConfigs": [:],
                    "requestedToolConfirmations": confirmations,
                ]),
            .init("id", .string(stream.identifier())), .init("timestamp", JSON(time)),
        ]
        return line(.object(members + common), kind)
    }

    private mutating func begin(_ tool: String, _ arguments: JSON) -> JSON {
        call = ("call-" + stream.identifier().prefix(8), tool)
        return ["functionCall": ["id": .string(call.0), "args": arguments, "name": .string(tool)]]
    }

    private func content(_ parts: JSON..., role: String = "model") -> JSON.Member {
        .init("content", ["parts": .array(parts), "role": .string(role)])
    }

    /// As the versions of the server write it.
    private func exception(_ type: String, _ message: String) -> StreamLine {
        switch stream.choices.errorLine {
        case .adk2:
            line([
                "error": .string("\(type): \(message)"),
                "error_details": [
                    "error_type": .string(type), "error_message": .string(message), "timestamp": JSON(time),
                ],
            ])
        case .adk1: line(["error": .string(message)])
        // Not even valid JSON, if there is a quotation mark in the message.
        case .unescaped: StreamLine(text: "data: {\"error\": \"\(message)\"}\n\n")
        }
    }

    // MARK: The other dialects

    /// Events that name their type.
    private mutating func typed(_ step: AgentStep) -> [StreamLine] {
        switch step {
        case .say(let text, _): [line(["type": "text", "content": .string(text.joined())], .words)]
        case .announce(let text, let tool, let arguments):
            [line(["type": "text", "content": .string(text)], .words)] + typed(.call(tool: tool, arguments: arguments))
        case .call(let tool, let arguments):
            calls(tool, ["type": "tool_call", "name": .string(tool), "args": arguments])
        case .result(let response, _): [line(["type": "tool_result", "name": .string(call.1), "result": response])]
        case .errorEvent(_, let message, let text):
            (text.map { [line(["type": "text", "content": .string($0)], .words)] } ?? [])
                + [line(["type": "error", "message": .string(message)])]
        case .ask(let question, _): [line(["type": "ask_question", "content": .string(question)], .words)]
        case .think, .emptyText, .emptyContent, .nothing, .exception, .refusal, .speaker, .raw, .heartbeats, .stretch:
            []
        }
    }

    /// Nothing but text.
    private func plain(_ step: AgentStep) -> [StreamLine] {
        switch step {
        case .say(let text, _): [line(["text": .string(text.joined())], .words)]
        case .announce(let text, _, _), .ask(let text, _): [line(["text": .string(text)], .words)]
        case .errorEvent(_, let message, let text):
            (text.map { [line(["text": .string($0)], .words)] } ?? []) + [line(["error": .string(message)])]
        case .call, .result, .think, .emptyText, .emptyContent, .nothing, .exception, .refusal, .speaker, .raw,
            .heartbeats, .stretch:
            []
        }
    }

    /// As the vendor's other transport: pieces of text, and a word at the end.
    private mutating func chunks(_ step: AgentStep) -> [StreamLine] {
        switch step {
        case .say(let text, let ends):
            text.map { line(["type": "chunk", "content": .string($0)], .words) }
                + (ends ? [line(["type": "done"])] : [])
        case .announce(let text, let tool, let arguments):
            [line(["type": "chunk", "content": .string(text)], .words)]
                + chunks(.call(tool: tool, arguments: arguments))
        case .think(let text): [line(["type": "thinking_delta", "content": .string(text)])]
        case .call(let tool, _): calls(tool, ["type": "tool_start", "name": .string(tool)])
        case .result(let response, _): [line(["type": "tool_end", "name": .string(call.1), "result": response])]
        case .errorEvent(_, let message, _): [line(["type": "error", "message": .string(message)])]
        case .ask(let question, _): [line(["type": "ask_question", "content": .string(question)], .words)]
        case .emptyText, .emptyContent, .nothing, .exception, .refusal, .speaker, .raw, .heartbeats, .stretch: []
        }
    }

    private mutating func calls(_ tool: String, _ json: JSON) -> [StreamLine] {
        call = ("", tool)
        return [line(json)]
    }
}
