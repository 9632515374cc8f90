internal import ReelModel

/// It has more frames a second than the destination takes.
enum FrameRateTooHigh: Rule {
    static let page = RulePage(
        id: "frame-rate-too-high", group: .content,
        summary: "The film has more frames a second than the destination takes.",
        why:
            "The rate is compared as the fraction that it is: 60.02 is not 60, and has been refused for it. Where frames last"
            + "unequally long, it is their average.",
        fix: .fit("Have frames left out"), depth: .header, yieldsTo: ["video-missing", "wrong-medium"],
        examples: [
            Example("30 where 60 are taken", .passes, .publish(.maxFPS, 60, .example(.mp4))),
            Example("exactly 60", .passes, .publish(.maxFPS, 60, rate(60, 1))),
            Example("60.02, as screen recorders make it", .fires, .publish(.maxFPS, 60, rate(3001, 50))),
            Example(
                "120.9 where the fraction is cut off before it is compared", .passes,
                .publish(.maxWholeFPS, 120, rate(1209, 10))),
            Example("121", .fires, .publish(.maxWholeFPS, 120, rate(121, 1))),
            Example(
                "a rate that is not known", .notEvaluated,
                .publish(.maxFPS, 60, .example(.mp4) { $0.editVideo { $0.frameRate = .unknown("no time stamps") } })),
        ])

    static let limits: [LimitKind] = [LimitKey.maxFPS.kind, LimitKey.maxWholeFPS.kind]

    static func judge(_ subject: Subject) -> Judgement {
        judgeFilm(subject) { video, profile in
            let rate = subject.facts.frameRate(of: video)
            return .joined([
                hold(
                    .maxFPS, of: profile, rate, stream: video.index, breaks: { $0.isMore(than: $1) },
                    say: { "It has \(FrameRate.words($0)); \(profile.title) takes \(Figure.decimal($1, places: 3))" },
                    json: { (JSON($0.doubleValue), ["max": JSON($1)]) }),
                hold(
                    .maxWholeFPS, of: profile, rate, stream: video.index,
                    breaks: { $0.doubleValue.rounded(.down) > $1 },
                    say: {
                        "It has \(FrameRate.words($0)); \(profile.title) takes \(Figure.decimal($1, places: 3)) and a fraction"
                    },
                    json: { (JSON($0.doubleValue.rounded(.down)), ["max": JSON($1)]) }),
            ])
        }
    }

    private static func rate(_ numerator: Int64, _ denominator: Int64) -> Facts {
        .example(.mp4) { $0.editVideo { $0.frameRate = Known(Rational(numerator, denominator), else: "") } }
    }
}
