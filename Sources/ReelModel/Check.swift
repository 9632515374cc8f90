/// How a profile wants one rule judged whose limits are matters of taste and practice, not of a format: how bad a
/// finding is, from which values on, and by whose word. A profile without a check for a rule does not ask for it.
public struct Check: Sendable, Hashable {
    /// How bad a finding is; `nil` is "off".
    public var severity: Severity?
    /// By the names that the rule's page documents, in the units that it states there.
    public var thresholds: [String: Double]
    /// An id in the profile's sources.
    public var source: String
    public var note: String?

    public init(severity: Severity?, thresholds: [String: Double] = [:], source: String, note: String? = nil) {
        self.severity = severity
        self.thresholds = thresholds
        self.source = source
        self.note = note
    }

    /// The value of a threshold. A profile that is read has every threshold that the rule's page documents, and a rule
    /// is not judged without them; what no value compares with stands for one that is missing all the same.
    public subscript(threshold: Threshold) -> Double { thresholds[threshold.name] ?? .nan }
}

/// A number from which on a rule finds fault, as its page documents it; its value is a profile's.
public struct Threshold: Sendable, Hashable {
    /// As profiles spell it: `min_duration`.
    public var name: String
    /// `seconds`, `share` (of 1), `LUFS` …
    public var unit: String
    /// What the number bounds, as a phrase.
    public var meaning: String

    public init(_ name: String, unit: String, _ meaning: String) {
        self.name = name
        self.unit = unit
        self.meaning = meaning
    }
}
