public import ReelModel

/// One thing that a run does once. A step is in the journal before it is begun and after it is answered, so that
/// whoever takes the run up knows what may have reached the server.
public enum Step: Sendable, Hashable {
    /// Making the copy of input number `n` that passes.
    case fit(Int)
    case session
    /// Sending input number `n`.
    case upload(Int)
    case message
    /// The `n`th attempt at the render.
    case render(Int)
    case download
    case verify

    /// As the journal spells it.
    var key: String {
        switch self {
        case .fit(let n): "fit/\(n)"
        case .session: "session"
        case .upload(let n): "upload/\(n)"
        case .message: "message"
        case .render(let n): "render/\(n)"
        case .download: "download"
        case .verify: "verify"
        }
    }
}

/// What the journal holds of a step.
public struct StepRecord: Sendable, Hashable {
    /// Whether an answer is in; without one, it may or may not have reached the server.
    public var isAnswered: Bool
    /// What was noted before it was begun.
    public var intent: JSON
    /// What was noted when it was answered.
    public var answer: JSON
}
