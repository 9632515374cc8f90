internal import ReelModel

/// It has fewer frames a second than the destination takes.
enum FrameRateTooLow: Rule {
    static let page = RulePage(
        id: "frame-rate-too-low", group: .content,
        summary: "The film has fewer frames a second than the destination takes.",
        why: "Slide shows and time lapses with a few frames a second are refused, though they play.",
        fix: .fit("Have frames repeated"), depth: .header, yieldsTo: ["video-missing", "wrong-medium"],
        examples: [
            Example("30 where 23 are wanted", .passes, .publish(.minFPS, 23, .example(.mp4))),
            Example(
                "23.976 where 23 are wanted", .passes,
                .publish(
                    .minFPS, 23,
                    .example(.mp4) { $0.editVideo { $0.frameRate = Known(Rational(24000, 1001), else: "") } })),
            Example(
                "15 where 23 are wanted", .fires,
                .publish(.minFPS, 23, .example(.mp4) { $0.editVideo { $0.frameRate = .known(Rational(15)) } })),
            Example(
                "a rate that is not known", .notEvaluated,
                .publish(.minFPS, 23, .example(.mp4) { $0.editVideo { $0.frameRate = .unknown("no time stamps") } })),
        ])

    static let limits: [LimitKind] = [LimitKey.minFPS.kind]

    static func judge(_ subject: Subject) -> Judgement {
        judgeFilm(subject) { video, profile in
            hold(
                .minFPS, of: profile, subject.facts.frameRate(of: video), stream: video.index,
                breaks: { $0.isLess(than: $1) },
                say: {
                    "It has \(FrameRate.words($0)); \(profile.title) wants at least \(Figure.decimal($1, places: 3))"
                },
                json: { (JSON($0.doubleValue), ["min": JSON($1)]) })
        }
    }
}
