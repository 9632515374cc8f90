/// Everything that a command found out, ready for any format.
public struct Report: Sendable, Hashable {
    public static let schema = "reelgate.report/1"

    public var tool: Tool
    public var files: [FileReport]
    public var run: RunReport?

    public init(tool: Tool, files: [FileReport], run: RunReport? = nil) {
        self.tool = tool
        self.files = files
        self.run = run
    }

    public struct Tool: Sendable, Hashable {
        public var version: String
        /// Version by name of each library that took part.
        public var libraries: [String: String]

        public init(version: String, libraries: [String: String]) {
            self.version = version
            self.libraries = libraries
        }
    }
}

/// One file, judged.
public struct FileReport: Sendable, Hashable {
    public enum Role: String, Sendable, Hashable {
        case input
        /// What came back, or what was made.
        case output
    }

    public var path: String
    public var role: Role
    /// `nil` after `probe`, which does not judge.
    public var verdict: Verdict?
    /// Names of the profiles that it was judged against.
    public var profiles: [String]
    /// `nil` where the file could not be read at all.
    public var facts: Facts?
    public var findings: [Finding]
    public var notEvaluated: [NotEvaluated]
    public var fit: FitReport?
    /// Why it could not be examined.
    public var failure: Failure?

    public init(
        path: String, role: Role = .input, verdict: Verdict?, profiles: [String] = [], facts: Facts?,
        findings: [Finding] = [], notEvaluated: [NotEvaluated] = [], fit: FitReport? = nil, failure: Failure? = nil
    ) {
        self.path = path
        self.role = role
        self.verdict = verdict
        self.profiles = profiles
        self.facts = facts
        self.findings = findings
        self.notEvaluated = notEvaluated
        self.fit = fit
        self.failure = failure
    }
}

/// What fitting a file did, or would do.
public struct FitReport: Sendable, Hashable {
    /// `nil` where only the plan was asked for.
    public var output: String?
    public var plan: Plan
    public var bytes: Int64?
    public var outcome: FitOutcome?

    public init(output: String?, plan: Plan, bytes: Int64?, outcome: FitOutcome?) {
        self.output = output
        self.plan = plan
        self.bytes = bytes
        self.outcome = outcome
    }
}

/// What carrying out a plan came to.
public struct FitOutcome: Sendable, Hashable, Codable {
    public var bytes: Int64
    /// How often the picture, or the part of it that was coded most often, was coded.
    public var encodes: Int
    /// Whether more bytes would have bought nothing visible.
    public var saturated: Bool
    /// What was lost on the way, in words: streams dropped, alpha flattened.
    public var losses: [String]
    /// x264's constant rate factor at which the picture was coded on average, and the one below which it is not: the
    /// lower, the better the picture. `nil` where no film was coded.
    public var rateFactor: Double?
    public var ceiling: Double?

    public init(
        bytes: Int64, encodes: Int, saturated: Bool, losses: [String], rateFactor: Double? = nil, ceiling: Double? = nil
    ) {
        self.bytes = bytes
        self.encodes = encodes
        self.saturated = saturated
        self.losses = losses
        self.rateFactor = rateFactor
        self.ceiling = ceiling
    }
}

/// One pass through the pipeline.
public struct RunReport: Sendable, Hashable {
    public var id: String
    public var session: String?
    public var render: String?
    /// What was sent, by base name.
    public var uploads: [String]
    public var output: String?
    public var summary: String?

    public init(
        id: String, session: String? = nil, render: String? = nil, uploads: [String] = [], output: String? = nil,
        summary: String? = nil
    ) {
        self.id = id
        self.session = session
        self.render = render
        self.uploads = uploads
        self.output = output
        self.summary = summary
    }
}
