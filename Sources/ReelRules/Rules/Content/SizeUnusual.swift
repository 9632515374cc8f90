internal import ReelModel

/// The picture has another size than the destination advises.
enum SizeUnusual: Rule {
    static let page = RulePage(
        id: "size-unusual", group: .content, summary: "The picture has another size than the destination advises.",
        why: "A size that is advised is shown without being scaled. Any other is taken, as far as other limits go.",
        fix: "Render it in the advised size, if you can choose.", depth: .header,
        yieldsTo: ["frame-too-small", "frame-too-large"],
        examples: [
            Example(
                "1080x1920 where that is advised", .passes,
                .publish(.preferredSizes, ["1080x1920"], strength: .recommended, .example(.mp4))),
            Example(
                "1080x1920 where 720x720 is advised", .fires,
                .publish(.preferredSizes, ["720x720"], strength: .recommended, .example(.mp4))),
            Example(
                "a size that is not known", .notEvaluated,
                .publish(
                    .preferredSizes, ["720x720"], strength: .recommended,
                    .example(.mp4) { $0.editVideo { $0.width = .unknown("no parameter set") } })),
        ])

    static let limits: [LimitKind] = [LimitKey.preferredSizes.kind]

    static func judge(_ subject: Subject) -> Judgement {
        judgeSize(subject) { shown, stream, profile in
            holdAmong(.preferredSizes, of: profile, shown.map { "\($0)" }, stream: stream) {
                "The picture is \($0); \(profile.title) advises \($1)"
            }
        }
    }
}
