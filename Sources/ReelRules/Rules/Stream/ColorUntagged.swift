internal import ReelModel

/// Nobody knows what its colours are.
enum ColorUntagged: CheckRule {
    static let page = RulePage(
        id: "color-untagged", group: .stream, summary: "The film does not say what its colours mean.",
        why:
            "Primaries, transfer and matrix (ITU-T H.273) turn samples into light. Without them players guess, by size or "
            + "not at all, and the same film is redder on one telephone than on another.",
        fix: .fit("Tag the film with what it was made in, mostly BT.709"), depth: .header,
        yieldsTo: ["video-missing", "video-codec"],
        examples: [
            Example("all three are BT.709", .passes, subject { _ in }),
            Example("no transfer", .fires, subject { $0.transfer = .unknown("not tagged") }),
            Example("nothing at all", .fires, subject { $0 = ColorFacts() }),
            Example(
                "streams that were not read", .notEvaluated,
                .checked("color-untagged", severity: .risk, .example(.mp4) { $0.video = .unknown("no index") })),
        ])

    private static func subject(_ edit: (inout ColorFacts) -> Void) -> Subject {
        .checked("color-untagged", severity: .risk, .example(.mp4) { $0.editVideo { edit(&$0.color) } })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        if let why = facts.video.reason { return facts.image == nil ? .notEvaluated(why) : .notApplicable }
        guard let video = facts.mainVideo else { return .notApplicable }
        let tags = [
            ("primaries", video.color.primaries), ("transfer", video.color.transfer), ("matrix", video.color.matrix),
        ]
        let missing = tags.filter { $0.1.value == nil }.map { $0.0 }
        if missing.isEmpty { return .passed }
        return .found([
            found(
                check, "The film does not say the \(missing.joined(separator: ", ")) of its colours",
                measured: .array(tags.filter { $0.1.value != nil }.map { .string($0.0) }),
                allowed: ["equal": .array(tags.map { .string($0.0) })], stream: video.index)
        ])
    }
}
