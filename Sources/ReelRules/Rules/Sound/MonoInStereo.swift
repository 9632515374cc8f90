internal import ReelModel

/// Both channels are the same.
enum MonoInStereo: CheckRule {
    static let least = Threshold(
        "min_correlation", unit: "of 1", "channels that go together this much, at one level, are the same")

    static let page = RulePage(
        id: "mono-in-stereo", group: .sound, summary: "The left and the right channel are the same.",
        why: "Mono sound on two channels is heard as it should be. Where stereo was meant, the mix lost its sides. "
            + "Lossy codecs make small differences of nothing, so that it is the correlation that is judged.",
        fix: "Nothing, if mono was meant; else mix the sound in stereo again.", depth: .frames,
        reads: [.stereo, .channels],
        yieldsTo: ["sound-silent", "sound-missing"], thresholds: [least],
        examples: [
            Example("channels that differ", .passes, subject(0.6)),
            Example("two channels that are one", .fires, subject(1)),
            Example("the same at half the level on one side, which is a place", .passes, subject(1, right: -26)),
            Example(
                "nothing was decoded", .notEvaluated,
                .checked("mono-in-stereo", [least: 0.97], .example(.mp4) { $0.depth = .frames })),
        ])

    private static func subject(_ correlation: Double, right: Double = -20) -> Subject {
        .checked(
            "mono-in-stereo", [least: 0.97],
            .heardExample { sound in
                sound.stereo?.correlation = .known(correlation)
                sound.channels[1].level = .known(right)
            })
    }

    /// Decibels between two channels of one level.
    private static let balance = 0.5

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Heard.judge(facts) { heard in
            guard let correlation = heard.sound.stereo?.correlation.value else { return .notApplicable }
            let levels = ["FL", "FR"].compactMap { name in
                heard.sound.channels.first { $0.name == name }?.level.value
            }
            guard levels.count == 2, abs(levels[0] - levels[1]) <= balance, correlation >= check[least] else {
                return .passed
            }
            return .found([
                found(
                    check, "The left and the right channel are the same", measured: JSON(correlation),
                    allowed: ["max": JSON(check[least])], unit: "correlation", stream: heard.stream, span: heard.span)
            ])
        }
    }
}
