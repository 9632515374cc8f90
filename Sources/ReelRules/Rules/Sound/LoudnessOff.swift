internal import ReelModel

/// The whole is much louder or quieter than is usual.
enum LoudnessOff: CheckRule {
    static let least = Threshold("min_loudness", unit: "LUFS", "sound that is quieter on the whole is found")
    static let most = Threshold("max_loudness", unit: "LUFS", "sound that is louder on the whole is found")

    static let page = RulePage(
        id: "loudness-off", group: .sound,
        summary: "The integrated loudness lies outside of what its destination plays well.",
        why:
            "Platforms turn loud sound down and leave quiet sound quiet: beside others it is not heard. Measured by EBU "
            + "R 128, over the whole, gated.",
        fix: "Set the loudness of the mix, and render it again.", depth: .frames, reads: [.loudness],
        yieldsTo: ["sound-silent", "sound-missing"], thresholds: [least, most],
        examples: [
            Example("-18 LUFS", .passes, subject(-18)),
            Example("-41 LUFS", .fires, subject(-41)),
            Example("-3 LUFS", .fires, subject(-3)),
            Example(
                "three thousand samples a second, too few for the filters", .notEvaluated,
                .checked(
                    "loudness-off", limits,
                    .heardExample { $0.loudness.integrated = .unknown("it is sampled too slowly") })),
            Example(
                "nothing was decoded", .notEvaluated,
                .checked("loudness-off", limits, .example(.mp4) { $0.depth = .frames })),
        ])

    private static let limits = [least: -35.0, most: -6.0]
    private static func subject(_ loudness: Double) -> Subject {
        .checked("loudness-off", limits, .heardExample { $0.loudness.integrated = .known(loudness) })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Heard.judge(facts) { heard in
            let loudness: Double
            switch heard.sound.loudness.integrated {
            case .known(let known): loudness = known
            // Silence, and what is shorter than one block of the gate, has no loudness.
            case .unknown(SoundMeasurements.silent), .unknown(SoundMeasurements.short): return .notApplicable
            case .unknown(let why): return .notEvaluated(why)
            }
            let (low, high) = (check[least], check[most])
            if loudness >= low, loudness <= high { return .passed }
            return .found([
                found(
                    check,
                    "The sound is too \(loudness < low ? "quiet" : "loud"): "
                        + "\(Figure.decimal(loudness, places: 1)) LUFS on the whole",
                    measured: JSON(loudness), allowed: ["min": JSON(low), "max": JSON(high)], unit: "LUFS",
                    stream: heard.stream, span: heard.span)
            ])
        }
    }
}
