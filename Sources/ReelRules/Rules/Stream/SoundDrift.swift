internal import ReelModel

/// The sound runs at another speed than its times say.
enum SoundDrift: CheckRule {
    static let most = Threshold(
        "max_drift", unit: "seconds", "sound that is longer or shorter than its times by more is found")

    static let page = RulePage(
        id: "sound-drift", group: .stream,
        summary: "The samples of the sound last longer or shorter than the times of its packets say.",
        why:
            "Players follow either the times or the samples: by one of them, sound and picture drift apart towards the "
            + "end. A sampling rate that was tagged wrongly, or blocks that were lost, does that.",
        fix: "Resample the sound to the rate that it is tagged with, and mux it again.", depth: .frames,
        yieldsTo: ["sound-missing", "timestamp-gap", "truncated", "decode-error", "broken-framing"], thresholds: [most],
        examples: [
            Example("ten seconds of samples in ten seconds", .passes, subject(480_000)),
            Example("samples for 9.8 s in ten seconds", .fires, subject(470_400)),
            Example(
                "nothing was decoded", .notEvaluated,
                .checked("sound-drift", [most: 0.1], severity: .risk, .example(.mp4) { $0.depth = .frames })),
        ])

    private static func subject(_ samples: Int64) -> Subject {
        .checked(
            "sound-drift", [most: 0.1], severity: .risk,
            .decodedExample(.mp4) { $0.editMeasured(1) { $0.samples = samples } })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        guard let measured = facts.measured else { return .notEvaluated(Decoding.nothing) }
        guard let audio = facts.mainAudio, let stream = measured.stream(audio.index), let span = stream.span,
            stream.samples > 0, let sound = measured.sound, sound.stream == audio.index, sound.rate > 0
        else { return .notApplicable }
        let lasting = Double(stream.samples) / Double(sound.rate)
        let drift = span.duration - lasting
        if abs(drift) <= check[most] { return .passed }
        return .found([
            found(
                check,
                "The samples of the sound last \(Figure.seconds(lasting)), by its times it lasts "
                    + Figure.seconds(span.duration),
                measured: JSON(drift), allowed: ["max": JSON(check[most])], unit: "seconds", stream: audio.index,
                span: span)
        ])
    }
}
