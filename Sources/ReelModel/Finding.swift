/// How bad a finding is for the destination it was judged against.
public enum Severity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    case note
    /// The destination takes it and scales, crops or converts it.
    case changed
    /// Stated as a limit; that it is refused is unconfirmed.
    case risk
    /// The destination refuses it.
    case reject

    private var rank: Int {
        switch self {
        case .note: 0
        case .changed: 1
        case .risk: 2
        case .reject: 3
        }
    }

    public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
}

/// One rule's judgement of one thing in a file: values first, words second.
public struct Finding: Sendable, Hashable {
    /// The rule's id.
    public var rule: String
    public var severity: Severity
    /// The profile that it was judged against; `nil` where only what was ordered was asked.
    public var profile: String?
    /// The destination's own error code, as it will answer.
    public var code: String?
    /// One sentence for people.
    public var message: String
    public var measured: JSON
    /// The allowed values: `{"max": …}`, `{"min": …}`, `{"anyOf": […]}`, `{"equal": …}`.
    public var allowed: JSON
    /// Of `measured` and `allowed`: `bytes`, `seconds`, `pixels` …
    public var unit: String?
    /// The stream's place in the file.
    public var stream: Int?
    public var span: TimeRange?
    /// What mends it.
    public var fix: Fix
    /// Where the limit comes from.
    public var source: String?
    /// When that source was read (ISO 8601).
    public var asOf: String?
    /// What the destination will answer, where more is known of it than its code.
    public var answer: PlatformAnswer?

    public init(
        rule: String, severity: Severity, profile: String? = nil, code: String? = nil, message: String,
        measured: JSON, allowed: JSON, unit: String? = nil, stream: Int? = nil, span: TimeRange? = nil, fix: Fix,
        source: String? = nil, asOf: String? = nil, answer: PlatformAnswer? = nil
    ) {
        self.rule = rule
        self.severity = severity
        self.profile = profile
        self.code = code
        self.message = message
        self.measured = measured
        self.allowed = allowed
        self.unit = unit
        self.stream = stream
        self.span = span
        self.fix = fix
        self.source = source
        self.asOf = asOf
        self.answer = answer
    }
}

/// A check that was asked for and could not run.
public struct NotEvaluated: Sendable, Hashable {
    public var rule: String
    public var why: String
    /// The worst that it could have found.
    public var gravity: Severity
    /// The profile that it would have been judged against.
    public var profile: String?

    public init(rule: String, why: String, gravity: Severity = .reject, profile: String? = nil) {
        self.rule = rule
        self.why = why
        self.gravity = gravity
        self.profile = profile
    }
}

/// What is said of a file in the end.
public enum Verdict: String, Sendable, Hashable, Codable {
    case pass
    case fail
    /// It could not be examined, or a check that had to be made could not run: never a pass.
    case unreadable

    /// Any `reject` fails, under `strict` also any `risk`; else a check that could not run, and that could have failed
    /// it, keeps it from passing. By a sample nothing passes that any check of it was asked of.
    public init(findings: [Finding], notEvaluated: [NotEvaluated], strict: Bool, isSample: Bool = false) {
        let failing: Severity = strict ? .risk : .reject
        if findings.contains(where: { $0.severity >= failing }) {
            self = .fail
        } else {
            self = notEvaluated.contains { $0.gravity >= failing || isSample } ? .unreadable : .pass
        }
    }
}
