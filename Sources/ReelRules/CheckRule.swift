internal import ReelModel

/// A rule whose limits are a profile's `checks`: it applies to the profiles that ask for it, and finds what goes past
/// the thresholds that they give.
protocol CheckRule: Rule {
    /// Judges a file by a check that has every threshold of the rule's page.
    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement
}

extension CheckRule {
    static func applies(to standard: Standard) -> Bool {
        standard.profile?.checks[page.id]?.severity != nil
    }

    static func gravity(against standard: Standard) -> Severity {
        standard.profile?.checks[page.id]?.severity ?? .reject
    }

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile, let check = profile.checks[page.id],
            let severity = check.severity
        else { return .notApplicable }
        for threshold in page.thresholds where check.thresholds[threshold.name] == nil {
            return .notEvaluated("the profile \(profile.name) gives it no \(threshold.name)")
        }
        return judge(subject.facts, by: CheckOfProfile(check: check, severity: severity, profile: profile))
    }

    /// A finding that a check's threshold is passed: severity, source and date are the profile's.
    static func found(
        _ check: CheckOfProfile, _ message: String, measured: JSON, allowed: JSON, unit: String? = nil,
        stream: Int? = nil, span: TimeRange? = nil, fix: Fix? = nil
    ) -> Finding {
        Finding(
            rule: page.id, severity: check.severity, profile: check.profile.name, message: message, measured: measured,
            allowed: allowed, unit: unit, stream: stream, span: span, fix: fix ?? page.fix,
            source: check.source?.title, asOf: check.source?.asOf)
    }
}

extension Finding {
    /// The same, where it is worse than that only as bad as that: for what may be meant.
    func atMost(_ severity: Severity) -> Finding {
        var milder = self
        milder.severity = min(self.severity, severity)
        return milder
    }
}

/// A check, and the profile that asks for it.
struct CheckOfProfile {
    let check: Check
    let severity: Severity
    let profile: Profile

    subscript(threshold: Threshold) -> Double { check[threshold] }
    var source: Profile.Source? { profile.sources[check.source] }
}
