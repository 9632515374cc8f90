internal import ReelModel

/// The sound drops out in the middle.
enum SilenceInside: CheckRule {
    static let shortest = Threshold("min_duration", unit: "seconds", "silence that lasts this long is found")
    static let edge = Threshold(
        "edge", unit: "dB",
        "it is found where the sound just before or after it is at most this much quieter than the whole")

    static let page = RulePage(
        id: "silence-inside", group: .sound, summary: "The sound breaks off and comes back.",
        why:
            "A clip without its sound, a gap between two pieces of music, a mix that was lost: the sound stops at full "
            + "level, and sets in again. A pause in speech or music fades out and in, and is no fault; how loud the "
            + "50 ms around the silence are tells one from the other.",
        fix: "Close the gap in the sound, and render it again.", depth: .frames, reads: [.silence, .channels],
        yieldsTo: ["sound-silent", "sound-missing", "timestamp-gap"], thresholds: [shortest, edge],
        examples: [
            Example("never silent", .passes, subject([])),
            Example("0.8 s of silence", .passes, subject([(4, 4.8, -22, -22)])),
            Example("a pause of two seconds that fades out and in", .passes, subject([(4, 6, -52, -49)])),
            Example("silent at the beginning and at the end", .passes, subject([(0, 2, nil, -20), (8, 10, -20, nil)])),
            Example("1.5 s of silence that the sound breaks off for", .fires, subject([(4, 5.5, -21, -50)])),
            Example(
                "nothing was decoded", .notEvaluated,
                .checked("silence-inside", limits, .example(.mp4) { $0.depth = .frames })),
        ])

    private static let limits = [shortest: 1.0, edge: 20.0]
    private static func subject(_ silences: [(Double, Double, Double?, Double?)]) -> Subject {
        .checked("silence-inside", limits, .heardExample { $0.silences = silences.map(SilentSpan.init) })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Heard.judge(facts) { heard in
            let limit = check[shortest]
            let holes = heard.sound.silences.filter { silence in
                silence.span.isAtLeast(limit) && !heard.isFirst(silence.span) && !heard.isLast(silence.span)
                    && (heard.isAbrupt(silence.before, within: check[edge])
                        || heard.isAbrupt(silence.after, within: check[edge]))
            }
            if holes.isEmpty { return .passed }
            return .found(
                holes.map { hole in
                    found(
                        check, "The sound is silent for \(Figure.seconds(hole.span.duration))",
                        measured: JSON(hole.span.duration), allowed: ["max": JSON(limit)], unit: "seconds",
                        stream: heard.stream, span: hole.span)
                })
        }
    }
}

extension SilentSpan {
    /// For examples: from, to, the levels before and after.
    init(_ from: Double, _ to: Double, _ before: Double?, _ after: Double?) {
        self.init(
            span: TimeRange(start: from, end: to), before: Known(before, else: "the sound begins with it"),
            after: Known(after, else: "the sound ends with it"))
    }
}
