internal import ReelModel

/// Advice to use `fit`, where the planner knows that it would be refused, or into what it would make the file. It is
/// asked here and not by the rules, because it asks them in turn; and once for a profile, whatever was found.
enum FitAdvice {
    /// The findings with the truth about `fit` in their advice.
    static func checked(_ findings: [Finding], _ facts: Facts, _ profiles: [Profile]) -> [Finding] {
        // Another shape is brought about by an option, which that finding tells.
        let shaped = findings.filter { $0.rule == AspectOutOfRange.page.id }.map(\.profile)
        var plans = [Planned?](repeating: nil, count: profiles.count)
        return findings.map { finding in
            guard finding.fix.isWorthAPlan(finding.severity), !shaped.contains(finding.profile),
                let at = profiles.firstIndex(where: { $0.name == finding.profile })
            else { return finding }
            let planned = plans[at] ?? Planner.plan(facts, profile: profiles[at])
            plans[at] = planned
            var told = finding
            switch (planned, finding.fix) {
            case (.impossible(_, let why), _): told.fix = .told(finding.fix.words(refused: why))
            case (.plan(let plan), .convert(_, let otherwise)):
                told.fix = .convert(to: plan.output, otherwise: otherwise)
            case (.plan, .fit), (.plan, .told): break
            }
            return told
        }
    }
}

extension Fix {
    /// Whether a finding as bad as that is advised by what the planner says. What does no harm is worth no plan, unless
    /// there is nothing else to say by.
    fileprivate func isWorthAPlan(_ severity: Severity) -> Bool {
        switch self {
        case .fit: severity >= .risk
        case .convert: true
        case .told: false
        }
    }
}
