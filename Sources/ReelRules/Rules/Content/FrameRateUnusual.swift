internal import ReelModel

/// It has another frame rate than the destination advises.
enum FrameRateUnusual: Rule {
    static let page = RulePage(
        id: "frame-rate-unusual", group: .content,
        summary: "The film has another frame rate than the destination advises.",
        why:
            "The advised rates are shown as they are. Others are taken, and the rate that was recorded is usually the best.",
        fix: "None is needed.", depth: .header,
        yieldsTo: ["video-missing", "wrong-medium", "frame-rate-too-high", "frame-rate-too-low"],
        examples: [
            Example(
                "30 where that is advised", .passes,
                .publish(.preferredFPS, LimitNumbers([30, 60]), strength: .recommended, .example(.mp4))),
            Example(
                "29.97, which is as good as 30", .passes,
                .publish(
                    .preferredFPS, LimitNumbers([30, 60]), strength: .recommended,
                    .example(.mp4) { $0.editVideo { $0.frameRate = Known(Rational(30000, 1001), else: "") } })),
            Example(
                "30 where 25 or 50 are advised", .fires,
                .publish(.preferredFPS, LimitNumbers([25, 50]), strength: .recommended, .example(.mp4))),
            Example(
                "a rate that is not known", .notEvaluated,
                .publish(
                    .preferredFPS, LimitNumbers([30]), strength: .recommended,
                    .example(.mp4) { $0.editVideo { $0.frameRate = .unknown("no time stamps") } })),
        ])

    static let limits: [LimitKind] = [LimitKey.preferredFPS.kind]

    static func judge(_ subject: Subject) -> Judgement {
        judgeFilm(subject) { video, profile in
            hold(
                .preferredFPS, of: profile, subject.facts.frameRate(of: video), stream: video.index,
                breaks: { rate, wanted in !wanted.values.contains { FrameRate.isUsual(rate, as: $0) } },
                say: { "It has \(FrameRate.words($0)); \(profile.title) advises \($1.figure.words)" },
                json: { (JSON($0.doubleValue), ["anyOf": $1.figure.json]) })
        }
    }
}
