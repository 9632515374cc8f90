internal import ReelModel

/// One side is the other turned upside down.
enum PhaseInverted: CheckRule {
    static let shortest = Threshold(
        "min_duration", unit: "seconds", "channels that oppose each other so long are found")

    static let page = RulePage(
        id: "phase-inverted", group: .sound, summary: "The left and the right channel cancel each other out.",
        why: "A cable or a plug-in that turned one side upside down: on one loudspeaker, as most telephones have, the "
            + "sound all but disappears. Judged is a correlation of -0.7 and lower over every half second.",
        fix: "Turn one of the two channels over, and render it again.", depth: .frames, reads: [.stereo],
        yieldsTo: ["sound-silent", "sound-missing", "channel-dead"], thresholds: [shortest],
        examples: [
            Example("channels that go together", .passes, subject([])),
            Example("one second of opposed sound", .passes, subject([(3, 4)])),
            Example("opposed from beginning to end", .fires, subject([(0, 10)])),
            Example(
                "nothing was decoded", .notEvaluated,
                .checked("phase-inverted", [shortest: 2], .example(.mp4) { $0.depth = .frames })),
        ])

    private static func subject(_ spans: [(Double, Double)]) -> Subject {
        .checked(
            "phase-inverted", [shortest: 2],
            .heardExample { $0.stereo?.inverted = spans.map { TimeRange(start: $0.0, end: $0.1) } })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Heard.judge(facts) { heard in
            guard let stereo = heard.sound.stereo else { return .notApplicable }
            let limit = check[shortest]
            let spans = stereo.inverted.filter { $0.isAtLeast(limit) }
            if spans.isEmpty { return .passed }
            return .found(
                spans.map { span in
                    found(
                        check,
                        "Left and right cancel each other out for \(Figure.seconds(span.duration))",
                        measured: JSON(span.duration), allowed: ["max": JSON(limit)], unit: "seconds",
                        stream: heard.stream, span: span)
                })
        }
    }
}
