public import ReelModel

/// One check: what it is called, why it exists, what mends it, examples, and the judgement. A rule is a type in a
/// file of its own under `Rules/`, and one line in `Catalog.all`. It never reads a file.
public protocol Rule: Sendable {
    static var page: RulePage { get }

    /// The kinds of limits that it judges; empty for a rule about something else.
    static var limits: [LimitKind] { get }

    /// Whether it has anything to say about files held against this: a profile without its limit is none of its
    /// business.
    static func applies(to standard: Standard) -> Bool

    /// The worst that it could find of files held against this. What could only be a risk need not be known for a file
    /// to pass.
    static func gravity(against standard: Standard) -> Severity

    /// Judges one file. Called only where it applies, and only with facts at least `page.depth` deep.
    static func judge(_ subject: Subject) -> Judgement
}

/// What a rule says of a file.
public enum Judgement: Sendable, Hashable {
    /// It is not the kind of file, or of standard, that the rule speaks about.
    case notApplicable
    case passed
    case found([Finding])
    /// It applies and could not be judged: the file cannot pass where it could have been refused.
    case notEvaluated(String)
}

extension Judgement {
    /// What several answers come to: found if any found, else not evaluated if any was not.
    static func joined(_ parts: [Judgement]) -> Judgement {
        var findings: [Finding] = []
        var whyNot: String?
        var passed = false
        for part in parts {
            switch part {
            case .notApplicable: break
            case .passed: passed = true
            case .found(let more): findings += more
            case .notEvaluated(let why): whyNot = whyNot ?? why
            }
        }
        if !findings.isEmpty { return .found(findings) }
        if let whyNot { return .notEvaluated(whyNot) }
        return passed ? .passed : .notApplicable
    }
}

extension Rule {
    static var limits: [LimitKind] { [] }

    static func applies(to standard: Standard) -> Bool {
        guard let profile = standard.profile else { return false }
        return limits.contains { profile.has($0) }
    }

    static func gravity(against standard: Standard) -> Severity {
        guard let profile = standard.profile else { return .reject }
        return limits.flatMap { profile[all: $0] }.map(\.severity).max() ?? .reject
    }

    /// A finding that a limit of a profile is broken: severity, code, source and date are the limit's.
    static func broken<Value>(
        _ limit: Limit<Value>, of profile: Profile, _ message: String, measured: JSON, allowed: JSON,
        unit: String? = nil, stream: Int? = nil, fix: Fix? = nil
    ) -> Finding {
        let source = profile.sources[limit.source]
        return Finding(
            rule: page.id, severity: limit.severity, profile: profile.name, code: limit.code, message: message,
            measured: measured, allowed: allowed, unit: unit, stream: stream, fix: fix ?? page.fix,
            source: source?.title, asOf: source?.date, answer: limit.answer.flatMap { profile.answers[$0] })
    }

    /// A finding about the file itself, whatever the profile.
    static func own(
        _ severity: Severity, _ message: String, measured: JSON, allowed: JSON, unit: String? = nil,
        stream: Int? = nil, span: TimeRange? = nil, fix: Fix? = nil
    ) -> Finding {
        Finding(
            rule: page.id, severity: severity, message: message, measured: measured, allowed: allowed, unit: unit,
            stream: stream, span: span, fix: fix ?? page.fix)
    }

    /// A finding that no destination would want: `reject`, whatever the profile.
    static func refused(
        _ message: String, measured: JSON, allowed: JSON, unit: String? = nil, stream: Int? = nil,
        span: TimeRange? = nil, fix: Fix? = nil
    ) -> Judgement {
        .found([
            own(
                .reject, message, measured: measured, allowed: allowed, unit: unit, stream: stream, span: span, fix: fix
            )
        ])
    }
}
