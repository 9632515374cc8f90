internal import ReelModel

/// The sound reaches past full scale between its samples.
enum TruePeakHigh: CheckRule {
    static let most = Threshold("max_peak", unit: "dBTP", "a higher true peak is found")

    static let page = RulePage(
        id: "true-peak-high", group: .sound,
        summary: "The true peak is higher than decoders and converters have room for.",
        why:
            "Between two samples the sound can rise above both. What passes full scale there distorts in converters, and "
            + "in the next lossy encoding; EBU R 128 leaves 1 dB of room. Measured by ITU-R BS.1770, annex 2.",
        fix: "Lower the level, or limit the true peak, and render it again.", depth: .frames, reads: [.peaks],
        findsInSamples: true,
        yieldsTo: ["clipping", "sound-missing"], thresholds: [most],
        examples: [
            Example("-2.5 dBTP", .passes, subject(-2.5)),
            Example("0.8 dBTP", .fires, subject(0.8)),
            Example(
                "nothing was decoded", .notEvaluated,
                .checked("true-peak-high", [most: -1], .example(.mp4) { $0.depth = .frames })),
        ])

    private static func subject(_ peak: Double) -> Subject {
        .checked("true-peak-high", [most: -1], .heardExample { $0.loudness.truePeak = .known(peak) })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Heard.judge(facts) { heard in
            guard let peak = heard.sound.loudness.truePeak.value, peak > check[most] else { return .passed }
            let time = heard.sound.loudness.truePeakTime.value
            return .found([
                found(
                    check,
                    "The true peak is \(Figure.decimal(peak, places: 1)) dBTP"
                        + (time.map { ", at \(Figure.seconds($0))" } ?? ""),
                    measured: JSON(peak), allowed: ["max": JSON(check[most])], unit: "dBTP", stream: heard.stream,
                    span: time.map { TimeRange(start: $0, end: $0) })
            ])
        }
    }
}
