internal import ReelModel

/// Advice to use `fit`, where the planner knows that it would be refused. It is asked here and not by the rules, because
/// it asks them in turn.
enum FitAdvice {
    private static let advised = ": reelgate fit"

    /// The findings with the truth about `fit` in their advice.
    static func checked(_ findings: [Finding], _ facts: Facts, _ profiles: [Profile]) -> [Finding] {
        var refusals: [String: String?] = [:]
        return findings.map { finding in
            guard finding.severity >= .risk, let place = finding.fix.firstRange(of: advised),
                let profile = profiles.first(where: { $0.name == finding.profile }),
                // Another shape is brought about by an option, which that finding tells.
                !findings.contains(where: { $0.rule == AspectOutOfRange.page.id && $0.profile == profile.name })
            else { return finding }
            let why = refusals[profile.name] ?? refusal(of: facts, profile)
            refusals[profile.name] = .some(why)
            guard let why else { return finding }
            var told = finding
            told.fix = "\(finding.fix[..<place.lowerBound]). reelgate fit cannot do it: \(why)."
            return told
        }
    }

    private static func refusal(of facts: Facts, _ profile: Profile) -> String? {
        switch Planner.plan(facts, profile: profile) {
        case .plan: nil
        case .impossible(_, let why): why
        }
    }
}
