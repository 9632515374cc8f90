internal import ReelModel

/// One thing that the agent does in a turn, in the order in which its stream tells of it.
enum AgentStep: Sendable, Hashable {
    /// A text that comes in pieces, and then once more as a whole; a single piece comes only as a whole.
    case say([String], ends: Bool = false)
    /// As `say`, with a call in the same event.
    case announce(String, tool: String, arguments: JSON)
    /// Not meant for people.
    case think(String)
    case call(tool: String, arguments: JSON)
    /// The last call's result. With `shows`, the timeline is so from here on.
    case result(JSON, shows: Composition? = nil)
    /// Signs of life, one after the other.
    case heartbeats(Int)
    /// Seconds with nothing but heartbeats.
    case stretch(Double)
    /// An event with an empty text, with content that is empty, or without any.
    case emptyText, emptyContent, nothing
    /// An error in an event of its own, or along with a text.
    case errorEvent(code: String, message: String, text: String? = nil)
    /// What the agent's server writes when the agent throws; the stream ends with it.
    case exception(type: String, message: String)
    /// A refusal in the service's own words, inside the stream.
    case refusal(Int, String)
    /// Asks whether it may.
    case ask(String, tool: String)
    /// Who speaks from here on.
    case speaker(String)
    /// A line as it is.
    case raw(String)
}

/// What the agent makes of one message.
struct AgentTurn: Sendable {
    /// The timeline afterwards.
    var composition: Composition?
    /// Whether it differs from the one before.
    var changed: Bool
    var steps: [AgentStep]
    /// A message that waits for a yes.
    var pending: String?

    /// The turn for a message. The same message in the same session gives the same.
    init(_ message: String, in session: Session, _ choices: Choices) {
        var message = message
        if let asked = session.pending, Wishes.agrees(message) { message = asked }
        let layout = ScriptedAgent.answer(message, assets: session.assets, composition: session.composition)
        let isConfirmed = message == session.pending
        let scene = Scene(
            message: message, before: session.composition, layout: layout, isConfirmed: isConfirmed, choices: choices)
        let script = Scenario.chosen(by: message).play(scene)
        composition = script.changesTimeline ? layout.composition : session.composition
        changed = script.changesTimeline && layout.changed
        steps = script.steps
        pending = script.asks ? message : nil
    }

    /// Two messages in one session at once, as a server says whose sessions are rows of a database.
    static let stale: [AgentStep] = [
        .say(["Local backend: ", "laying out ", "your timeline…\n"]),
        .exception(
            type: "StaleSessionError",
            message: "The last_update_time provided in the session object is earlier than the update_time in storage."),
    ]
}
