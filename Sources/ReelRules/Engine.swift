public import ReelModel

/// Holds facts against profiles and orders, rule by rule.
public enum Engine {
    /// The worst findings first, then in order of the rules; and what was asked for and could not be judged.
    public typealias Result = (findings: [Finding], notEvaluated: [NotEvaluated])

    /// How deep a file has to be measured to be judged against these. An upload needs its headers; what was delivered,
    /// or ordered, is decoded to the last frame.
    public static func depth(
        for profiles: [Profile], expectation: Expectation? = nil, selection: RuleSelection = .all
    ) -> Depth {
        var depth = Depth.header
        for standard in standards(profiles, expectation) {
            for rule in Catalog.all where selection.contains(rule.page.id) && rule.applies(to: standard) {
                let wanted = rule.page.depth
                // A decode is not worth what could only be a risk, unless it is just that what is asked: by name, or as
                // a check of the profile.
                if wanted > depth,
                    rule.gravity(against: standard) == .reject || selection.only != nil
                        || standard.profile?.checks[rule.page.id] != nil,
                    isWanted(rule, standard, profiles, expectation)
                {
                    depth = wanted
                }
            }
        }
        return depth
    }

    /// Judges one file. A rule that needs a deeper measurement than these facts come from is reported as not
    /// evaluated, and so keeps the file from passing.
    ///
    /// - Parameter post: the files that are posted together with it, where they are to be judged as one post.
    public static func judge(
        _ facts: Facts, profiles: [Profile], expectation: Expectation? = nil, selection: RuleSelection = .all,
        post: Post? = nil
    ) -> Result {
        var findings: [Finding] = []
        var skipped: [(rule: any Rule.Type, entry: NotEvaluated)] = []
        let subjects = standards(profiles, expectation).map { Subject(facts, against: $0, in: post) }
        for rule in Catalog.all where selection.contains(rule.page.id) {
            for subject in subjects where rule.applies(to: subject.standard) {
                let page = rule.page
                var gravity: Severity { rule.gravity(against: subject.standard) }
                guard facts.depth >= page.depth else {
                    if isWanted(rule, subject.standard, profiles, expectation), isMedia(facts) {
                        let why =
                            "it needs depth \(page.depth.rawValue); the file was measured to \(facts.depth.rawValue)"
                        skipped.append(
                            (
                                rule,
                                NotEvaluated(
                                    rule: page.id, why: why, gravity: gravity, profile: subject.standard.profile?.name)
                            ))
                    }
                    continue
                }
                switch rule.judge(subject) {
                case .notApplicable, .passed: break
                case .found(let more): findings += more
                case .notEvaluated(let why):
                    skipped.append(
                        (
                            rule,
                            NotEvaluated(
                                rule: page.id, why: why, gravity: gravity, profile: subject.standard.profile?.name)
                        ))
                }
            }
        }
        return settle(findings, skipped, isMedia: isMedia(facts))
    }

    /// One cause, one finding: a rule is silent where one that it yields to has spoken, of the same profile or of the
    /// file itself. Only as loud a finding silences, so that nothing passes by it.
    private static func settle(
        _ findings: [Finding], _ skipped: [(rule: any Rule.Type, entry: NotEvaluated)], isMedia: Bool
    ) -> Result {
        var yieldsTo: [String: [String]] = [:]
        for rule in Catalog.all { yieldsTo[rule.page.id] = rule.page.yieldsTo }
        let kept = findings.filter { finding in
            !findings.contains { other in
                yieldsTo[finding.rule]?.contains(other.rule) == true && other.severity >= finding.severity
                    && (other.profile == finding.profile || other.profile == nil || finding.profile == nil)
            }
        }
        let refusals = Set(findings.filter { $0.severity == .reject }.map { $0.rule })
        var entries: [NotEvaluated] = []
        for (rule, entry) in skipped where refusals.isDisjoint(with: rule.page.yieldsTo) && !entries.contains(entry) {
            // What is no media and is refused as such has nothing more to examine.
            if isMedia || refusals.isEmpty { entries.append(entry) }
        }
        return (
            findings: Severity.allCases.sorted(by: >).flatMap { severity in kept.filter { $0.severity == severity } },
            notEvaluated: entries
        )
    }

    private static func standards(_ profiles: [Profile], _ expectation: Expectation?) -> [Standard] {
        [.soundness] + profiles.map(Standard.profile) + (expectation.map { [.order($0)] } ?? [])
    }

    /// Whether a rule has to be judged, however deep it reaches: a destination's limits and an order always; whether
    /// the file is sound, past its headers, only where it was delivered or ordered.
    private static func isWanted(
        _ rule: any Rule.Type, _ standard: Standard, _ profiles: [Profile], _ expectation: Expectation?
    ) -> Bool {
        if !standard.isSoundness || rule.page.depth == .header || expectation != nil { return true }
        return profiles.contains { profile in
            switch profile.use {
            case .delivery: true
            case .upload, .publish: false
            }
        }
    }

    /// Whether there can be anything to decode.
    private static func isMedia(_ facts: Facts) -> Bool {
        if facts.bytes == 0 { return false }
        guard let type = facts.type.value else { return true }
        switch type.kind {
        case .video, .audio, .image: return true
        case .other: return false
        }
    }
}
