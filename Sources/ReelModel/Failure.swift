/// Why something could not be done: which file or address, what is wrong, and what to do about it. One type for the
/// whole package, so that the command can word and rank failures in one place. A failure is not a finding: a file
/// that breaks a rule is a result.
public struct Failure: Error, Sendable, Hashable, Codable {
    /// What kind of failure it is; the command's exit code follows from it.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// An input that could not be opened, read or understood.
        case unreadable
        /// A step that could not be carried out: an encode, a write, a render.
        case notDone
        /// The request itself makes no sense.
        case usage
        /// The backend could not be reached.
        case unreachable
        /// The backend refused: token, credits or plan.
        case refused
        /// Stopped before the end; it can be taken up again.
        case interrupted
        /// The worker crashed, hung or broke its limits while it handled this file.
        case workerDied
    }

    public var kind: Kind
    /// The file, address or run that this is about.
    public var subject: String
    /// What is wrong, as a sentence without its full stop.
    public var problem: String
    /// What to do about it, as a sentence without its full stop.
    public var remedy: String
    /// The underlying library's or system's own words, where there are any.
    public var cause: String?
    /// Where decoding took more than it may have, or the worker was lost with it: in what way.
    public var loss: InspectionFailure.Kind?

    public init(
        _ kind: Kind, subject: String, problem: String, remedy: String, cause: String? = nil,
        loss: InspectionFailure.Kind? = nil
    ) {
        self.kind = kind
        self.subject = subject
        self.problem = problem
        self.remedy = remedy
        self.cause = cause
        self.loss = loss
    }
}

extension Failure: CustomStringConvertible {
    public var description: String {
        let because = cause.map { " (\($0))" } ?? ""
        return "\(subject): \(problem)\(because). \(remedy)."
    }
}
