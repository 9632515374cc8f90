internal import ReelModel

/// The picture has another shape than the destination shows.
enum AspectUnusual: Rule {
    static let page = RulePage(
        id: "aspect-unusual", group: .content,
        summary: "The shape of the picture is not one that the destination shows whole.",
        why: "What has another shape is cropped, or shown between bars.",
        fix: .fit("Crop it or pad it yourself, if it matters what is lost", options: "--aspect 9:16 --fill blur"),
        depth: .header, yieldsTo: ["video-missing", "wrong-medium", "aspect-out-of-range", "dimensions-zero"],
        examples: [
            Example(
                "9:16 where that is shown", .passes,
                .publish(
                    .aspectRecommended, LimitNumbers([0.5625]), strength: .recommended, effect: .cropped, .example(.mp4)
                )),
            Example(
                "1082x1920, which is as good as 9:16", .passes,
                .publish(
                    .aspectRecommended, LimitNumbers([0.5625]), strength: .recommended, effect: .cropped,
                    .example(.mp4) { $0.editVideo { $0.width = .known(1082) } })),
            Example(
                "3:2 where 9:16 is shown", .fires,
                .publish(
                    .aspectRecommended, LimitNumbers([0.5625]), strength: .recommended, effect: .cropped, .example(.jpg)
                )),
            Example(
                "a size that is not known", .notEvaluated,
                .publish(
                    .aspectRecommended, LimitNumbers([1]),
                    .example(.mp4) { $0.editVideo { $0.width = .unknown("no parameter set") } })),
        ])

    static let limits: [LimitKind] = [LimitKey.aspectRecommended.kind]

    static func judge(_ subject: Subject) -> Judgement {
        judgeSize(subject) { shown, stream, profile in
            hold(
                .aspectRecommended, of: profile, shown.map { Aspect($0) }, stream: stream,
                breaks: { aspect, wanted in !wanted.values.contains { aspect.isNear($0) } },
                say: {
                    "The picture is \($0.words); \(profile.title) shows \($1.values.map(Aspect.words).joined(separator: ", "))"
                },
                json: { (JSON($0.ratio), ["anyOf": .array($1.values.map { JSON($0) })]) })
        }
    }
}
