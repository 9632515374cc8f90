/// What the agent's stream says, cleared of repetitions and of what is not meant for people.
public enum AgentEvent: Sendable, Hashable {
    /// Words as they come. All of these, one after the other, show each text once.
    case text(String)
    /// A piece of text is complete; its words have all been handed out as `text`.
    case segment(String)
    /// The agent is at work: a heartbeat, a thought, a change of its state.
    case working
    /// It has been at work without a word for another two minutes.
    case stillWorking
    case toolStarted(name: String)
    case toolFinished(name: String, succeeded: Bool)
    /// Something went wrong that did not end the work.
    case warning(String)
    /// The agent's own report that it failed.
    case failed(AgentFailure)
}

/// What an agent says of its failure.
public struct AgentFailure: Sendable, Hashable {
    public var message: String
    /// The contract's code, where the failure bears one.
    public var code: Int64?

    public init(_ message: String, code: Int64? = nil) {
        self.message = message
        self.code = code
    }
}

/// What a message led to, once its stream has ended as it should.
public struct AgentReply: Sendable, Hashable {
    /// In order, without what was dropped.
    public var segments: [String] = []
    /// Every tool that was called, in order.
    public var tools: [String] = []
    /// Whether any tool reported success.
    public var toolSucceeded = false
    public var failure: AgentFailure?

    public init() {}

    /// About a third of all edits end without a word; the state tells what they did.
    public var isSilent: Bool { segments.isEmpty && failure == nil }
}
