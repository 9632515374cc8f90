public import ReelModel

/// Holds facts against profiles and orders, rule by rule.
public enum Engine {
    /// The worst findings first, then in order of the rules; and what was asked for and could not be judged.
    public typealias Result = (findings: [Finding], notEvaluated: [NotEvaluated])

    /// A rule and its page, kept, because every rule is asked for every profile.
    private final class Entry: Sendable {
        let rule: any Rule.Type
        let page: RulePage

        init(_ rule: any Rule.Type) {
            self.rule = rule
            page = rule.page
        }
    }

    private static let entries = Catalog.all.map { Entry($0) }

    /// How deep a file has to be measured to be judged against these. An upload needs its headers; what was delivered,
    /// or ordered, is decoded to the last frame.
    public static func depth(
        for profiles: [Profile], expectation: Expectation? = nil, selection: RuleSelection = .all
    ) -> Depth {
        var depth = Depth.header
        for standard in standards(profiles, expectation) {
            for entry in entries where entry.page.depth > depth && selection.contains(entry.page.id) {
                let (rule, wanted) = (entry.rule, entry.page.depth)
                guard rule.applies(to: standard) else { continue }
                // A decode is not worth what could only be a risk, unless it is just that what is asked: by name, or as
                // a check of the profile; nor what destinations advise.
                let gravity = rule.gravity(against: standard)
                let isAdvice = gravity == .note && !entry.page.reads.isDisjoint(with: Analysis.ofDestinations)
                if gravity == .reject || selection.only != nil
                    || standard.profile?.checks[entry.page.id] != nil && !isAdvice,
                    isWanted(wanted, standard, profiles, expectation)
                {
                    depth = wanted
                }
            }
        }
        return depth
    }

    /// What has to be looked for in the frames for that choice of rules: what none of them reads, and a rule that was left
    /// out does, is not worth its time; nor is what only destinations judge by that are not meant.
    public static func analyses(for selection: RuleSelection, against profiles: [Profile]) -> Set<Analysis> {
        var wanted = Set<Analysis>()
        var unwanted = Analysis.ofDestinations
        for entry in entries {
            let page = entry.page
            if !selection.contains(page.id) {
                unwanted.formUnion(page.reads)
            } else if page.reads.isDisjoint(with: Analysis.ofDestinations)
                || profiles.contains(where: { entry.rule.applies(to: .profile($0)) })
            {
                wanted.formUnion(page.reads)
            }
        }
        return Set(Analysis.allCases).subtracting(unwanted.subtracting(wanted))
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
        for entry in entries where selection.contains(entry.page.id) {
            let (rule, page) = (entry.rule, entry.page)
            for subject in subjects where rule.applies(to: subject.standard) {
                var gravity: Severity { rule.gravity(against: subject.standard) }
                let sample = page.depth > .header ? facts.measured?.sample : nil
                guard facts.depth >= page.depth || (sample != nil && page.findsInSamples) else {
                    if isWanted(page.depth, subject.standard, profiles, expectation) {
                        let missing =
                            isMedia(facts)
                            ? "it needs depth \(page.depth.rawValue); the file was measured to \(facts.depth.rawValue)"
                            : "there is nothing in the file that could be decoded"
                        let why = sample.map { "it needs the whole file, and \(Self.words($0))" } ?? missing
                        skipped.append(
                            (
                                rule,
                                NotEvaluated(
                                    rule: page.id, why: why, gravity: gravity, profile: subject.standard.profile?.name)
                            ))
                    }
                    continue
                }
                switch judgement(of: rule, subject, in: sample) {
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
        var result = settle(findings, skipped, facts, profiles.map(\.name))
        result.findings = FitAdvice.checked(result.findings, facts, profiles)
        return result
    }

    private static func judgement(of rule: any Rule.Type, _ subject: Subject, in sample: Sample?) -> Judgement {
        if let leftOut = subject.facts.measured?.leftOut, !leftOut.isDisjoint(with: rule.page.reads) {
            return .notEvaluated("what it judges by was left out of the measurement")
        }
        let judgement = rule.judge(subject)
        guard let sample, judgement == .passed else { return judgement }
        return .notEvaluated("nothing of it was seen, but \(words(sample))")
    }

    private static func words(_ sample: Sample) -> String {
        "only \(Figure.percent(sample.share)) of the film was decoded"
    }

    /// One cause, one finding: a rule is silent where one that it yields to has spoken, of the same profile or of the
    /// file itself. Only as loud a finding silences, so that nothing passes by it.
    private static func settle(
        _ findings: [Finding], _ skipped: [(rule: any Rule.Type, entry: NotEvaluated)], _ facts: Facts,
        _ profiles: [String]
    ) -> Result {
        let spoken = Dictionary(
            grouping: findings.map { Spoken(rule: $0.rule, severity: $0.severity, profile: $0.profile) }, by: \.rule)
        var yieldsTo: [String: [String]] = [:]
        for entry in entries where spoken[entry.page.id] != nil { yieldsTo[entry.page.id] = entry.page.yieldsTo }
        let kept = findings.filter { finding in
            let louder = (yieldsTo[finding.rule] ?? []).flatMap { spoken[$0] ?? [] }
                .filter { $0.severity >= finding.severity }
            if louder.contains(where: { $0.profile == finding.profile || $0.profile == nil }) { return false }
            // What is wrong with the file itself holds for each destination that says nothing louder.
            return finding.profile != nil || profiles.isEmpty
                || !profiles.allSatisfy { profile in louder.contains { $0.profile == profile } }
        }
        let refusals = Refusals(findings, profiles)
        var entries: [NotEvaluated] = []
        for (rule, entry) in skipped where !entries.contains(entry) {
            let refused = refusals.rules(silencing: entry.profile)
            guard refused.isDisjoint(with: rule.page.yieldsTo) else { continue }
            // What is no media and is refused as such has nothing more to examine; nor has, for a destination that
            // refuses it as that, what is of no known type.
            if refused.isEmpty || isMedia(facts) && !(facts.type.value == nil && refused.contains(ofType)) {
                entries.append(entry)
            }
        }
        return (
            findings: Severity.allCases.sorted(by: >).flatMap { severity in kept.filter { $0.severity == severity } },
            notEvaluated: entries
        )
    }

    private static var ofType: String { TypeNotAccepted.page.id }

    /// As much of a finding as says whom it silences.
    private struct Spoken {
        let rule: String
        let severity: Severity
        let profile: String?
    }

    /// Rules that refused a file, told apart by who refuses it: one destination's refusal says nothing of another.
    private struct Refusals {
        private var own: Set<String> = []
        private var byProfile: [String: Set<String>] = [:]
        private let profiles: [String]

        init(_ findings: [Finding], _ profiles: [String]) {
            self.profiles = profiles
            for finding in findings where finding.severity == .reject {
                if let profile = finding.profile {
                    byProfile[profile, default: []].insert(finding.rule)
                } else {
                    own.insert(finding.rule)
                }
            }
        }

        /// Those of the profile and of the file itself; of the file's own entries, what each of the profiles refuses.
        func rules(silencing profile: String?) -> Set<String> {
            if let profile { return own.union(byProfile[profile] ?? []) }
            guard let first = profiles.first else { return own }
            let common = profiles.dropFirst().reduce(byProfile[first] ?? []) { $0.intersection(byProfile[$1] ?? []) }
            return own.union(common)
        }
    }

    private static func standards(_ profiles: [Profile], _ expectation: Expectation?) -> [Standard] {
        [.soundness] + profiles.map(Standard.profile) + (expectation.map { [.order($0)] } ?? [])
    }

    /// Whether a rule has to be judged, however deep it reaches: a destination's limits and an order always; whether
    /// the file is sound, past its headers, only where it was delivered or ordered.
    private static func isWanted(
        _ depth: Depth, _ standard: Standard, _ profiles: [Profile], _ expectation: Expectation?
    ) -> Bool {
        if !standard.isSoundness || depth == .header || expectation != nil { return true }
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
