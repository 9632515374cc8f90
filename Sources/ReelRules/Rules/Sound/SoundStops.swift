internal import ReelModel

/// The sound stops before its track does.
enum SoundStops: CheckRule {
    static let shortest = Threshold("min_duration", unit: "seconds", "silence at the end that lasts this long is found")
    static let edge = Threshold(
        "edge", unit: "dB", "it is found where the sound just before it is at most this much quieter than the whole")

    static let page = RulePage(
        id: "sound-stops", group: .sound, summary: "The sound breaks off, and silence fills the rest of its track.",
        why:
            "A mix that was cut short and padded to the length of the picture: the track is as long as it should be, and "
            + "its end is empty. Music that fades out is no fault.",
        fix: "Render it again with sound up to its end.", depth: .frames, reads: [.silence, .channels],
        yieldsTo: ["sound-silent", "sound-missing"],
        thresholds: [shortest, edge],
        examples: [
            Example("sound to the end", .passes, subject(nil)),
            Example("half a second of silence at the end", .passes, subject((9.5, 10, -20, nil))),
            Example("music that faded out two seconds before the end", .passes, subject((8, 10, -51, nil))),
            Example("sound that breaks off at 4.1 s", .fires, subject((4.1, 10, -19, nil))),
            Example(
                "nothing was decoded", .notEvaluated,
                .checked("sound-stops", limits, .example(.mp4) { $0.depth = .frames })),
        ])

    private static let limits = [shortest: 1.0, edge: 20.0]
    private static func subject(_ silence: (Double, Double, Double?, Double?)?) -> Subject {
        .checked(
            "sound-stops", limits, .heardExample { $0.silences = silence.map { [SilentSpan($0, $1, $2, $3)] } ?? [] })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Heard.judge(facts) { heard in
            guard let last = heard.sound.silences.last, heard.isLast(last.span), !heard.isFirst(last.span),
                last.span.isAtLeast(check[shortest]), heard.isAbrupt(last.before, within: check[edge])
            else { return .passed }
            return .found([
                found(
                    check,
                    "The sound breaks off at \(Figure.seconds(last.span.start)); the rest of its track, up to "
                        + "\(Figure.seconds(heard.span.end)), is silent",
                    measured: JSON(last.span.start), allowed: ["min": JSON(heard.span.end - check[shortest])],
                    unit: "seconds", stream: heard.stream, span: last.span)
            ])
        }
    }
}
