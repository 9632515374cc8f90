internal import ReelModel

/// A turn as the lines of a stream, in the dialect that the switches ask for: events as `adk api_server` writes them
/// unless told otherwise, and the heartbeats that the service adds while its agent works.
struct AgentStream: Sendable {
    let choices: Choices
    /// Makes the ids of events.
    let identifier: @Sendable () -> String
    /// Seconds since 1970.
    let time: Double
    /// Makes the timeline look so.
    let show: @Sendable (Composition?) -> Void

    /// Each is written and flushed on its own.
    func lines(for turn: AgentTurn) -> [StreamLine] {
        var lines: [StreamLine] = []
        var heartbeats = 0
        func beat(pause: Double? = nil) {
            guard let text = heartbeat(heartbeats) else { return }
            heartbeats += 1
            lines.append(StreamLine(text: text, kind: .heartbeat, pause: pause))
        }
        var writer = EventWriter(stream: self)
        for step in turn.steps {
            switch step {
            case .heartbeats(let count): for _ in 0..<count { beat() }
            case .stretch(let seconds):
                let count = max(1, Int(seconds / max(choices.heartbeatPeriod, 0.1)))
                for _ in 0..<count { beat(pause: choices.heartbeatPeriod) }
            case .raw(let text): lines.append(StreamLine(text: text))
            case .result(_, shows: let shown?):
                var written = writer.write(step)
                if written.isEmpty { written = [StreamLine(text: "", kind: .heartbeat)] }
                let show = show
                written[0].effect = { show(shown) }
                lines += written
            case .say, .announce, .think, .call, .result, .emptyText, .emptyContent, .nothing, .errorEvent, .exception,
                .refusal, .ask,
                .speaker:
                lines += writer.write(step)
            }
        }
        return finished(lines)
    }

    /// The service's own signs of life; what they look like is not published.
    private func heartbeat(_ number: Int) -> String? {
        let forms = [
            "data:\n\n", "data: \n\n", ": heartbeat\n\n", "event: heartbeat\n\n", "data: heartbeat\n\n",
            "data: {\"type\":\"heartbeat\"}\n\n", "data: {}\n\n",
        ]
        return switch choices.heartbeat {
        case .emptyData: forms[0]
        case .spaced: forms[1]
        case .comment: forms[2]
        case .event: forms[3]
        case .word: forms[4]
        case .typed: forms[5]
        case .object: forms[6]
        case .mixed: forms[number % forms.count]
        case .none: nil
        }
    }

    private func finished(_ lines: [StreamLine]) -> [StreamLine] {
        var lines = lines
        switch choices.streamEnd {
        case .close: break
        case .done: lines.append(StreamLine(text: "data: [DONE]\n\n"))
        case .unfinished:
            if let last = lines.lastIndex(where: { $0.text.hasSuffix("\n\n") }) { lines[last].text.removeLast() }
        }
        if choices.lineEnd == .crlf {
            for index in lines.indices {
                lines[index].text = String(
                    lines[index].text.split(separator: "\n", omittingEmptySubsequences: false)
                        .joined(separator: "\r\n"))
            }
        }
        return lines
    }
}
