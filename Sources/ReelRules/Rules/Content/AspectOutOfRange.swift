internal import ReelModel

/// The picture is too wide, or too tall.
enum AspectOutOfRange: Rule {
    static let page = RulePage(
        id: "aspect-out-of-range", group: .content,
        summary: "The shape of the picture is outside what the destination takes.",
        why:
            "The shape is that of the picture as shown: after rotation and pixel aspect. What lies outside is refused, cropped,"
            + "or filed as something else.",
        fix: .fit("Crop it or pad it", options: "--aspect 9:16 --fill blur"), depth: .header,
        yieldsTo: ["video-missing", "wrong-medium", "dimensions-zero"],
        examples: [
            Example("9:16 where that is the least", .passes, .publish(.aspectMin, 0.5625, .example(.mp4))),
            Example("9:16 where 4:5 is the least", .fires, .publish(.aspectMin, 0.8, .example(.mp4))),
            Example("3:2 where 1:1 is the most", .fires, .publish(.aspectMax, 1, .example(.jpg))),
            Example(
                "wide as stored, upright as shown", .passes,
                .publish(
                    .aspectMax, 1,
                    .example(.mp4) {
                        $0.editVideo {
                            $0.width = .known(1920)
                            $0.height = .known(1080)
                            $0.rotation = .known(270)
                        }
                    })),
            Example(
                "a size that is not known", .notEvaluated,
                .publish(.aspectMax, 1, .example(.mp4) { $0.editVideo { $0.width = .unknown("no parameter set") } })),
        ])

    static let limits: [LimitKind] = [LimitKey.aspectMin.kind, LimitKey.aspectMax.kind]

    static func judge(_ subject: Subject) -> Judgement {
        judgeSize(subject) { shown, stream, profile in
            let aspect = shown.map { Aspect($0) }
            return .joined([
                hold(
                    .aspectMin, of: profile, aspect, stream: stream, breaks: { $0.isBelow($1) },
                    say: { "The picture is \($0.words); \(profile.title) takes \(Aspect.words($1)) and wider" },
                    json: { (JSON($0.ratio), ["min": JSON($1)]) }),
                hold(
                    .aspectMax, of: profile, aspect, stream: stream, breaks: { $0.isAbove($1) },
                    say: { "The picture is \($0.words); \(profile.title) takes \(Aspect.words($1)) and narrower" },
                    json: { (JSON($0.ratio), ["max": JSON($1)]) }),
            ])
        }
    }
}
