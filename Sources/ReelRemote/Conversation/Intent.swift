/// What a person's words ask for. Only `message` goes to the agent; the others are calls of their own.
public enum Intent: Sendable, Hashable {
    /// Render the timeline and fetch the MP4, to the path that the words name.
    case export(to: String?)
    case credits
    /// Show the session's tracks.
    case state
    /// Send files; the paths that the words name, if any.
    case upload([String])
    case message
}

/// Where words go, and how sure that is.
public struct Route: Sendable, Hashable {
    public var intent: Intent
    /// From 0 to 1: 1 where the words are the table's own and nothing else, 0.5 where they could mean either. What is
    /// less than `Router.threshold` sure goes to the agent.
    public var confidence: Double
    /// What is said beside the files that are to be sent, and goes to the agent after them.
    public var remainder: String?

    public init(_ intent: Intent, confidence: Double, remainder: String? = nil) {
        self.intent = intent
        self.confidence = confidence
        self.remainder = remainder
    }
}
