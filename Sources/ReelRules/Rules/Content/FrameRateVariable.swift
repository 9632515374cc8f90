internal import ReelModel

/// Its frames last unequally long.
enum FrameRateVariable: Rule {
    static let page = RulePage(
        id: "frame-rate-variable", group: .content, summary: "Some frames last longer than others.",
        why:
            "Screen recorders and telephones make such films. Facebook asks for a fixed rate; elsewhere the sound can drift when"
            + "a service counts frames instead of reading times.",
        fix: .fit("Have it made even"), depth: .header, yieldsTo: ["video-missing", "wrong-medium"],
        examples: [
            Example("a fixed rate", .passes, .publish(.constantFrameRate, true, .example(.mp4))),
            Example(
                "frames of 16 and of 34 ms", .fires,
                .publish(
                    .constantFrameRate, true, .example(.mp4) { $0.editVideo { $0.variableFrameRate = .known(true) } })),
            Example(
                "a file that has no table of times", .notEvaluated,
                .publish(
                    .constantFrameRate, true,
                    .example(.mkv) { $0.editVideo { $0.variableFrameRate = .unknown(Facts.notInHeader) } })),
        ])

    static let limits: [LimitKind] = [LimitKey.constantFrameRate.kind]

    static func judge(_ subject: Subject) -> Judgement {
        judgeFilm(subject) { video, profile in
            hold(
                .constantFrameRate, of: profile, subject.facts.variableFrameRate(of: video), stream: video.index,
                breaks: { $0 && $1 }, say: { _, _ in "Its frames last unequally long" },
                json: { measured, _ in (.bool(measured), ["equal": false]) })
        }
    }
}
