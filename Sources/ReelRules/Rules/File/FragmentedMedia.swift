internal import ReelModel

/// The media are in fragments.
enum FragmentedMedia: Rule {
    static let page = RulePage(
        id: "fragmented-media", group: .file,
        summary: "The media are in movie fragments, as streaming servers want them.",
        why:
            "Fragments (ISO/IEC 14496-12, 8.8) play everywhere and are still refused by some services, which look for their"
            + "tables at the beginning.",
        fix: .fit("Have the media copied into one piece"), depth: .header,
        examples: [
            Example("one piece", .passes, .publish(.noFragments, true, .example(.mp4))),
            Example("fragments", .fires, .publish(.noFragments, true, .example(.mp4) { $0.fragmented = .known(true) })),
            Example(
                "an MP4 whose index was not read", .notEvaluated,
                .publish(.noFragments, true, .example(.mp4) { $0.fragmented = .unknown("no index was found") })),
        ])

    static let limits: [LimitKind] = [LimitKey.noFragments.kind]

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile, subject.facts.isISOBMFF, subject.facts.image == nil else {
            return .notApplicable
        }
        return hold(
            .noFragments, of: profile, subject.facts.fragmented, breaks: { $0 && $1 },
            say: { _, _ in "Its media are in movie fragments" },
            json: { measured, _ in (.bool(measured), ["equal": false]) })
    }
}
