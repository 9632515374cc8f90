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
    public var fix: Fix
    /// The depth of measurement that the rule needs.
    public var depth: Depth
    /// What has to be looked for in the frames for the rule to judge by.
    public var reads: Set<Analysis>
    /// Whether what it finds in a part of a film is so whatever the rest is. That a part has nothing proves nothing.
    public var findsInSamples: Bool
    /// Rules that speak for this one: where one of them has found something, this one stays silent. One cause, one
    /// finding.
    public var yieldsTo: [String]
    /// What a profile's check of this rule has to state; empty where the rule has nothing to choose.
    public var thresholds: [Threshold]
    /// At least one that passes and one that fires. Made when they are asked for: judging a file needs none.
    public var examples: [Example] { makeExamples() }
    private var makeExamples: @Sendable () -> [Example]

    public init(
        id: String, group: RuleGroup, summary: String, why: String, fix: Fix, depth: Depth,
        reads: Set<Analysis> = [], findsInSamples: Bool = false,
        yieldsTo: [String] = [], thresholds: [Threshold] = [],
        examples: @autoclosure @escaping @Sendable () -> [Example]
    ) {
        self.id = id
        self.group = group
        self.summary = summary
        self.why = why
        self.fix = fix
        self.depth = depth
        self.reads = reads
        self.findsInSamples = findsInSamples
        self.yieldsTo = yieldsTo
        self.thresholds = thresholds
        makeExamples = examples
    }
}

/// The folder under `Rules/` that a rule's file stands in.
public enum RuleGroup: String, Sendable, CaseIterable {
    /// The file as a whole: type, name, size, structure.
    case file
    /// Whether what the file says of itself holds together.
    case structure
    /// What the file has to hold.
    case content
    /// What the file gives away.
    case privacy
    /// What the packets showed, read without decoding.
    case packets
    /// What was ordered against what was delivered.
    case order
    /// What decoding showed.
    case decoding
    /// Files that are posted together.
    case post
    /// What the frames of the picture show.
    case picture
    /// What the sound is like.
    case sound
    /// How picture and sound are coded and tagged.
    case stream
}

/// A subject, and what the rule says of it: documentation and test at once.
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
