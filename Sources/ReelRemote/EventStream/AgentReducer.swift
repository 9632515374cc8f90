/// The agent's stream as people should see it. A pure machine: events of the stream in, `AgentEvent`s out.
///
/// ADK sends the words of a turn in partial events, as they come, and then often, not always, once more in a complete
/// one. A complete event is the truth about its segment; partial ones only show it earlier.
public struct AgentReducer: Sendable {
    /// What has come so far. Complete after `finish`.
    public private(set) var reply = AgentReply()

    /// The running text of one speaker in one turn.
    private struct Live {
        var text = ""
        /// Scalars of `text` that were handed out. Not characters: a combining mark may come in the next event.
        var shown = 0
        /// A tool was called after it: what comes next is another text.
        var isSealed = false
    }

    private var live: [String: Live] = [:]
    /// Speakers in the order in which they began.
    private var speakers: [String] = []
    private var seen: Set<String> = []
    /// A segment that may be the noise at the end of a good answer, with how much of it was handed out.
    private var held: (text: String, shown: Int)?
    private var warning: AgentFailure?

    public init() {}

    /// A last segment with these words, after anything good, is noise.
    static let noise = "i encountered a temporary issue"

    /// A partial text that repeats all that came before, and is at least this long, replaces it: some servers send the
    /// whole text so far each time. Shorter ones may well repeat by chance ("ha", "haha").
    static let repetition = 8

    public mutating func on(_ event: EventStreamParser.Event) -> [AgentEvent] {
        switch event {
        case .sign: return [.working]
        case .message(let name, let data):
            switch AgentMessage(data: data) {
            case .sign: return [.working]
            case .failure(let failure):
                reply.failure = failure
                return [.failed(failure)]
            case .content(let content):
                // An event named "error" without an error in it still means one.
                if name?.lowercased() == "error", content.warning == nil, !content.text.isEmpty {
                    reply.failure = AgentFailure(content.text)
                    return [.failed(AgentFailure(content.text))]
                }
                return on(content)
            }
        }
    }

    private mutating func on(_ content: AgentMessage.Content) -> [AgentEvent] {
        var events: [AgentEvent] = []
        if content.isPartial {
            // Calls in a partial event may be unfinished, and come again.
            extend(content, &events)
            return events.isEmpty ? [.working] : events
        }
        if let id = content.id, !seen.insert(id).inserted { return [.working] }
        if !content.text.isEmpty {
            complete(content.text, by: content.speaker, &events)
        } else if !content.calls.isEmpty || !content.results.isEmpty {
            live[content.speaker]?.isSealed = true
        }
        for name in content.calls {
            reply.tools.append(name)
            events.append(.toolStarted(name: name))
        }
        for result in content.results {
            reply.toolSucceeded = reply.toolSucceeded || result.succeeded
            events.append(.toolFinished(name: result.name, succeeded: result.succeeded))
        }
        if let failure = content.warning {
            if content.text.isEmpty {
                // Whether it is the end of everything is known at the end.
                warning = failure
            } else {
                events.append(.warning(failure.message))
            }
        }
        return events.isEmpty ? [.working] : events
    }

    /// The stream has ended as it should.
    public mutating func finish() -> [AgentEvent] {
        var events: [AgentEvent] = []
        for speaker in speakers { commit(speaker, &events) }
        if let (text, shown) = held {
            held = nil
            if reply.segments.isEmpty && !reply.toolSucceeded {
                show(text, after: shown, &events)
                let failure = AgentFailure(String(text.trimming { $0.isWhitespace }))
                reply.failure = reply.failure ?? failure
                events.append(.failed(failure))
            }
        }
        if let failure = warning {
            warning = nil
            if reply.segments.isEmpty && !reply.toolSucceeded && reply.failure == nil {
                reply.failure = failure
                events.append(.failed(failure))
            } else {
                events.append(.warning(failure.message))
            }
        }
        return events
    }

    // MARK: Text

    private mutating func extend(_ content: AgentMessage.Content, _ events: inout [AgentEvent]) {
        guard !content.text.isEmpty else { return }
        if live[content.speaker]?.isSealed == true { commit(content.speaker, &events) }
        release(&events)
        if live[content.speaker] == nil { speakers.append(content.speaker) }
        var running = live[content.speaker] ?? Live()
        if running.text.count >= Self.repetition, content.text.begins(with: running.text) {
            running.text = content.text
        } else {
            running.text += content.text
        }
        let harmless = Self.harmlessLength(of: running.text)
        if harmless > running.shown {
            show(running.text.first(scalars: harmless), after: running.shown, &events)
            running.shown = harmless
        }
        live[content.speaker] = running
    }

    /// A complete text: what was shown of it is not shown again.
    private mutating func complete(_ text: String, by speaker: String, _ events: inout [AgentEvent]) {
        if let running = live[speaker], running.isSealed, !text.begins(with: running.text) { commit(speaker, &events) }
        let running = live.removeValue(forKey: speaker) ?? Live()
        speakers.removeAll { $0 == speaker }
        let shown = running.text.first(scalars: running.shown)
        if text.begins(with: shown) {
            settle(text, shown: running.shown, &events)
        } else if shown.begins(with: text) {
            settle(text, shown: text.unicodeScalars.count, &events)
        } else {
            // It differs from what was shown, which cannot be taken back.
            events.append(.text("\n"))
            settle(text, shown: 0, &events)
        }
    }

    /// A running text that no complete one followed is a segment of its own.
    private mutating func commit(_ speaker: String, _ events: inout [AgentEvent]) {
        guard let running = live.removeValue(forKey: speaker) else { return }
        speakers.removeAll { $0 == speaker }
        settle(running.text, shown: running.shown, &events)
    }

    private mutating func settle(_ text: String, shown: Int, _ events: inout [AgentEvent]) {
        release(&events)
        if text.lowercased().contains(Self.noise) {
            held = (text, shown)
        } else {
            show(text, after: shown, &events)
            append(text, &events)
        }
    }

    /// More text follows what was held back, so it was not the last.
    private mutating func release(_ events: inout [AgentEvent]) {
        guard let (text, shown) = held else { return }
        held = nil
        show(text, after: shown, &events)
        append(text, &events)
    }

    private mutating func append(_ text: String, _ events: inout [AgentEvent]) {
        reply.segments.append(text)
        events.append(.segment(text))
    }

    private func show(_ text: String, after shown: Int, _ events: inout [AgentEvent]) {
        let rest = String(text.unicodeScalars.dropFirst(shown))
        if !rest.isEmpty { events.append(.text(rest)) }
    }

    /// Scalars from the start that are no part of what may become the noise.
    private static func harmlessLength(of text: String) -> Int {
        let scalars = Array(text.lowercased().unicodeScalars)
        // Lower case may be longer than upper case; then places do not correspond, and nothing is held back.
        guard scalars.count == text.unicodeScalars.count else { return text.unicodeScalars.count }
        let noise = Array(Self.noise.unicodeScalars)
        for start in scalars.indices where scalars[start] == noise[0] {
            if noise.starts(with: scalars[start...].prefix(noise.count)) { return start }
        }
        return scalars.count
    }
}

extension String {
    fileprivate func first(scalars count: Int) -> String { String(unicodeScalars.prefix(count)) }

    /// By scalars, where `hasPrefix` goes by characters.
    fileprivate func begins(with other: String) -> Bool { unicodeScalars.starts(with: other.unicodeScalars) }
}
