public import ReelModel

/// One check: what it is called, why it exists, what mends it, examples, and the judgement. A rule is a type in a
/// file of its own under `Rules/`, and one line in `Catalog.all`. It never reads a file.
public protocol Rule: Sendable {
    static var page: RulePage { get }

    /// Judges one file. Called only where the facts are at least `page.depth` deep.
    static func judge(_ subject: Subject) -> Judgement
}

/// What a rule is shown: one file's facts, and what they are held against.
public struct Subject: Sendable {
    public var facts: Facts
    /// `nil` where a file is only held against what was ordered.
    public var profile: Profile?
    public var expectation: Expectation?

    public init(facts: Facts, profile: Profile?, expectation: Expectation? = nil) {
        self.facts = facts
        self.profile = profile
        self.expectation = expectation
    }
}

/// What a rule says of a file.
public enum Judgement: Sendable, Hashable {
    /// The profile sets no such limit, nothing was ordered, or it is not that kind of file.
    case notApplicable
    case passed
    case found([Finding])
    /// It applies and could not be judged: the file cannot pass.
    case notEvaluated(String)
}

/// A rule's page: what `explain` prints, and what the tests walk.
public struct RulePage: Sendable {
    /// Kebab case; names the defect, not the cure. Never reused.
    public var id: String
    public var group: RuleGroup
    /// One sentence: what is wrong with a file that it finds.
    public var summary: String
    /// Why that matters to whoever sends or receives the file.
    public var why: String
    /// What mends it.
    public var fix: String
    /// The depth of measurement that the rule needs.
    public var depth: Depth
    /// At least one that passes and one that fires.
    public var examples: [Example]

    public init(
        id: String, group: RuleGroup, summary: String, why: String, fix: String, depth: Depth, examples: [Example]
    ) {
        self.id = id
        self.group = group
        self.summary = summary
        self.why = why
        self.fix = fix
        self.depth = depth
        self.examples = examples
    }
}

/// The folder under `Rules/` that a rule's file stands in.
public enum RuleGroup: String, Sendable, CaseIterable {
    /// The file as a whole: type, name, size, structure.
    case file
    /// What the file has to hold.
    case content
    /// What was ordered against what was delivered.
    case order
    /// What decoding showed.
    case decoding
}

/// A subject, and whether the rule fires on it: documentation and test at once.
public struct Example: Sendable {
    public enum Outcome: String, Sendable { case passes, fires, notEvaluated }

    /// What the file is like, as a phrase: "an MKV named .mp4".
    public var title: String
    public var outcome: Outcome
    public var subject: Subject

    public init(_ title: String, _ outcome: Outcome, _ subject: Subject) {
        self.title = title
        self.outcome = outcome
        self.subject = subject
    }
}
