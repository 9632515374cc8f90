internal import ReelModel

extension NemoClient {
    /// Sends a user's message and reads what the agent says to its end. It is sent again only while it is certain that
    /// the backend did not take it; a stream that is cut throws an error whose `mayHaveTakenEffect` is set, and the
    /// session's state tells.
    /// - Parameter onEvent: called in order, in the caller's isolation.
    public func sendMessage(
        _ text: String, session: String, onEvent: (AgentEvent) throws -> Void
    ) async throws -> AgentReply {
        // `me` is whoever the token belongs to.
        let body: JSON = [
            "app_name": "nemo_agent", "user_id": "me", "session_id": .string(session),
            "new_message": ["parts": [["text": .string(text)]]],
        ]
        let limits = configuration.messageLimits
        let order = Order(
            call: .message, method: .post, address: backend.path("run_sse"),
            body: .bytes(body.bytes(), contentType: "application/json"),
            // The pace is kept below; these only end what it cannot see.
            limits: Request.Limits(stall: nil, total: limits.total + 60))
        return try await withCures(order) { token in
            var request = try self.request(order, token: token)
            request.headers.append(("Accept", "text/event-stream"))
            return try await read(transport.open(request), order, token: token, onEvent: onEvent)
        }
    }

    private func read(
        _ transfer: OpenTransfer, _ order: Order, token: Token, onEvent: (AgentEvent) throws -> Void
    ) async throws -> AgentReply {
        let clock = ContinuousClock()
        let start = clock.now
        func now() -> Double { (clock.now - start) / .seconds(1) }
        let ticking = Task {
            while true {
                try await Task.sleep(for: .seconds(1))
                transfer.tick()
            }
        }
        defer {
            ticking.cancel()
            transfer.cancel()
        }
        var pace = StreamPace(configuration.messageLimits, now: 0)
        var answer = MessageAnswer()
        while true {
            var events: [AgentEvent] = []
            switch await transfer.next() {
            case .head(let head): answer.begin(head)
            case .bytes(let bytes):
                events = answer.on(bytes)
                if answer.isTooLong {
                    throw RemoteError(
                        .unreadableAnswer, call: .message, origin: backend.origin, cause: "it is too long",
                        mayHaveTakenEffect: true)
                }
            case .tick: break
            case .end(let failure?):
                if failure.kind == .cancelled { throw CancellationError() }
                // What came is shown; it is not known what else there was.
                for event in answer.finish() { try onEvent(event) }
                throw RemoteError(failure, call: .message)
            case .end(nil):
                for event in answer.finish() { try onEvent(event) }
                return try reply(answer, order, token: token)
            }
            for event in events { try onEvent(event) }
            switch pace.on(events.contains(where: \.isSubstance) ? .substance : .nothing, now: now()) {
            case .goOn: break
            case .reassure: try onEvent(.stillWorking)
            case .stop(let why):
                throw RemoteError(
                    .timedOut, call: .message, origin: backend.origin, cause: why, mayHaveTakenEffect: true)
            }
        }
    }

    private func reply(_ answer: MessageAnswer, _ order: Order, token: Token) throws -> AgentReply {
        guard let head = answer.head else {
            throw RemoteError(.outcomeUnknown, call: .message, origin: backend.origin, mayHaveTakenEffect: true)
        }
        if let document = answer.document { _ = try self.answer(head, document, order, token: token) }
        let reply = answer.reply
        // A refusal in the contract's own words, inside of a stream that was otherwise empty. It is reported and not
        // cured: a stream had begun.
        if let code = reply.failure?.code, reply.segments.isEmpty {
            let words = reply.failure.map { token.redacting($0.message) }
            let kind = RemoteError.kind(code: code, status: 200, words: words?.lowercased() ?? "", call: .message)
            throw RemoteError(
                kind, call: .message, origin: backend.origin, cause: words, mayHaveTakenEffect: true)
        }
        return reply
    }
}

extension AgentEvent {
    /// Whether it is more than a sign of life.
    var isSubstance: Bool {
        switch self {
        case .text, .segment, .toolStarted, .toolFinished, .warning, .failed: true
        case .working, .stillWorking: false
        }
    }
}

/// The answer to a message as it comes in: a stream of events, or one JSON document from something in between.
struct MessageAnswer {
    private enum Form {
        case undecided, events, document
    }

    private(set) var head: ResponseHead?
    private var form = Form.undecided
    private var collected: [UInt8] = []
    private var parser = EventStreamParser()
    private var reducer = AgentReducer()
    private(set) var isTooLong = false

    /// Bytes of a document.
    private static let limit = 4 * 1024 * 1024

    var reply: AgentReply { reducer.reply }

    /// What came instead of a stream.
    var document: [UInt8]? {
        switch form {
        case .document: collected
        case .undecided, .events: head?.isSuccess == true ? nil : collected
        }
    }

    mutating func begin(_ head: ResponseHead) {
        self.head = head
        if !head.isSuccess || head.contentType == "application/json" {
            form = .document
        } else if head.contentType == "text/event-stream" {
            form = .events
        }
    }

    mutating func on(_ bytes: [UInt8]) -> [AgentEvent] {
        var bytes = bytes
        if form == .undecided {
            collected += bytes
            // Neither an event nor a document begins with space; a document begins with a bracket.
            guard let first = collected.first(where: { $0 > 0x20 }) else { return [] }
            form = first == UInt8(ascii: "{") || first == UInt8(ascii: "[") ? .document : .events
            bytes = collected
            collected = []
        }
        switch form {
        case .undecided: return []
        case .events: return parser.on(bytes).flatMap { reducer.on($0) }
        case .document:
            if collected.count + bytes.count <= Self.limit { collected += bytes } else { isTooLong = true }
            return []
        }
    }

    mutating func finish() -> [AgentEvent] {
        switch form {
        case .undecided: return []
        case .events: return parser.finish().flatMap { reducer.on($0) } + reducer.finish()
        case .document:
            // A document that is no refusal may hold the agent's words all the same.
            guard head?.isSuccess == true, let json = try? JSON(parsing: collected), !Envelope(json).isRefusal else {
                return []
            }
            let event = EventStreamParser.Event.message(name: nil, data: Envelope(json).payload.description)
            return reducer.on(event) + reducer.finish()
        }
    }
}
