internal import ReelModel

/// One open question of the contract, and how the double answers it unless it is told otherwise.
struct Switch: Sendable {
    let name: String
    /// What is open, with the contract's clause.
    let question: String
    /// The values that it takes; empty for a number.
    let values: [String]
    /// What it is unless it is told otherwise.
    let standard: String
    /// `false` where the value is none.
    let set: @Sendable (inout Choices, String) -> Bool

    private init<Value: SwitchValue>(
        _ name: String, _ question: String, _ path: any WritableKeyPath<Choices, Value> & Sendable
    ) {
        self.name = name
        self.question = question
        values = Value.allCases.map(\.rawValue)
        standard = Choices()[keyPath: path].rawValue
        set = { choices, text in
            guard let value = Value(rawValue: text) else { return false }
            choices[keyPath: path] = value
            return true
        }
    }

    private init<Value: LosslessStringConvertible & Comparable & ExpressibleByIntegerLiteral & SendableMetatype>(
        number name: String, _ question: String, _ path: any WritableKeyPath<Choices, Value> & Sendable
    ) {
        self.name = name
        self.question = question
        values = []
        standard = String(Choices()[keyPath: path])
        set = { choices, text in
            guard let value = Value(text), value >= 0, value < 1_000_000_000_000 else { return false }
            choices[keyPath: path] = value
            return true
        }
    }

    /// The one list. Clauses are those of the contract's collection in `Tests/ReelLocalBackendTests/Contract`.
    static let all: [Switch] = [
        // Accounts
        Switch(number: "free-credits", "Credits of a new anonymous account (2.1 says 100).", \.freeCredits),
        Switch(number: "token-lifetime", "Seconds that an anonymous token lives (2.1 says 7 days).", \.tokenLifetime),
        Switch(
            "repeated-token", "A second anonymous token for the same client within its lifetime (2.1).", \.repeatedToken
        ),
        Switch(
            number: "tokens-per-address", "Anonymous tokens for one address in that time (2.1 says 10); 0: no limit.",
            \.tokensPerAddress),
        Switch(
            "renewed-user", "Who a client is after its token has expired: its sessions go with the user (6).",
            \.renewedUser),
        Switch("token-answer", "Whether user_id, expires_at and credits come along with a token (2.1).", \.tokenAnswer),
        Switch("expiry", "How expires_at is written (7.2).", \.expiry),
        Switch(number: "credits-per-message", "Credits that a message costs (2.5).", \.creditsPerMessage),
        Switch("missing-attribution", "Where the attribution headers are insisted on (1).", \.missingAttribution),
        // Answers
        Switch("envelope", "How a success is wrapped (1, 7.1).", \.envelope),
        Switch("error-body", "What a refusal's body looks like (1, 8).", \.errorBody),
        Switch("error-status", "HTTP status of the codes 1001, 1002, 2001, 4001, 4002 (1, 8).", \.errorStatus),
        Switch("numbers", "Whether credits, progress and sizes are numbers or text (7.3).", \.numbers),
        Switch("ids", "Whether a session's id is text or a 63-bit number (1, 7.2).", \.ids),
        // Sessions
        Switch(number: "session-lifetime", "Seconds after which a session is gone; 0: never (8).", \.sessionLifetime),
        Switch(
            "unknown-session", "Who says that a message's session is unknown: the agent's server or the gateway (3.4).",
            \.unknownSession),
        Switch("busy-session", "A second message while the first is being worked on (2.3, 8).", \.busySession),
        Switch("disconnect", "What becomes of the work when its reader leaves (3.4, 8).", \.disconnect),
        Switch("fresh-draft", "The draft of a new session (2.6).", \.freshDraft),
        Switch("draft-form", "Whether the draft is an object or the text of one (7.7).", \.draftForm),
        Switch("segment-keys", "The keys inside a segment (2.6, 8).", \.segmentKeys),
        Switch(
            "media-lists", "Whether video_infos and generated_media are lists or dictionaries (2.6, 7.8).", \.mediaLists
        ),
        Switch("canvas", "What canvas_config holds (2.6, 8).", \.canvas),
        Switch("upload-answer", "Where an upload's files stand in its answer (7.9).", \.uploadAnswer),
        // Streams
        Switch(number: "pace", "Seconds between two events of a stream.", \.pace),
        Switch(number: "time-scale", "Every pause is so many times as long; 0: no pause at all.", \.timeScale),
        Switch("event-dialect", "What an event looks like (3.2, 3.5).", \.dialect),
        Switch("heartbeat", "What a heartbeat looks like (3.1).", \.heartbeat),
        Switch(number: "heartbeat-period", "Seconds between two heartbeats of a long stretch (8).", \.heartbeatPeriod),
        Switch("partials", "Whether words come in pieces, and whether the whole follows (3.3, 8).", \.partials),
        Switch("error-line", "How an exception in the middle is written (3.4).", \.errorLine),
        Switch("line-end", "What ends a line of the stream (3.1).", \.lineEnd),
        Switch("stream-end", "How a stream ends: [DONE], or its last event without a blank line (7.10).", \.streamEnd),
        Switch(
            "message-refusal", "Whether a message is refused before its stream or inside it (3.4).", \.messageRefusal),
        Switch("generation", "Whether what is made from words alone comes in two stages (2.3).", \.generation),
        // Exports
        Switch("render-dialect", "The form of a render's status (2.8).", \.renderDialect),
        Switch("submit-answer", "What a submission is answered in dialect A (2.7, 8).", \.submitAnswer),
        Switch("render-words", "The words for a render's status (7.6).", \.renderWords),
        Switch("address-form", "Whether a film's address is whole (7.5).", \.address),
        Switch(number: "render-seconds", "Seconds that a render takes at least (2.8).", \.renderSeconds),
        Switch(number: "link-lifetime", "Seconds for which a film's address is good; 0: for ever.", \.linkLifetime),
        Switch("fallback", "What the second way to download gives (2.9).", \.fallback),
        Switch("cancel", "Whether a render can be cancelled (2.11).", \.cancel),
        Switch("claim-token", "Whether there are claim tokens (2.10).", \.claim),
        // Limits
        Switch(number: "max-upload-bytes", "Bytes of a whole upload request (2.4 says 200 MB).", \.maxUploadBytes),
    ]
}

/// A switch as it is listed.
public struct SwitchPage: Sendable, Hashable {
    public let name: String
    public let question: String
    /// Empty for a number.
    public let values: [String]
    public let standard: String
}

extension LocalBackend {
    /// Every question that the public contract leaves open, and what this double may do about it.
    public static var switches: [SwitchPage] {
        Switch.all.map { SwitchPage(name: $0.name, question: $0.question, values: $0.values, standard: $0.standard) }
    }
}

extension Choices {
    /// Turns one switch.
    mutating func turn(_ name: String, to value: String) throws(Failure) {
        guard let found = Switch.all.first(where: { $0.name == name }) else {
            throw Failure(
                .usage, subject: name, problem: "there is no such switch",
                remedy: "Choose one that `reelgate serve --list` names")
        }
        guard found.set(&self, value) else {
            throw Failure(
                .usage, subject: "\(name)=\(value)", problem: "the switch has no such value",
                remedy: found.values.isEmpty
                    ? "Give a number from 0 on" : "Choose one of \(found.values.joined(separator: ", "))")
        }
    }
}
