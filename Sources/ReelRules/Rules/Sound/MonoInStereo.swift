internal import ReelModel

/// Both channels are the same.
enum MonoInStereo: CheckRule {
    static let most = Threshold(
        "max_difference", unit: "of full scale", "channels that never differ by more are the same")

    static let page = RulePage(
        id: "mono-in-stereo", group: .sound, summary: "The left and the right channel are the same.",
        why: "Mono sound on two channels is heard as it should be. Where stereo was meant, the mix lost its sides.",
        fix: "Nothing, if mono was meant; else mix the sound in stereo again.", depth: .frames,
        yieldsTo: ["sound-silent", "sound-missing"], thresholds: [most],
        examples: [
            Example("channels that differ", .passes, subject(0.4)),
            Example("two channels that are one", .fires, subject(0)),
            Example(
                "nothing was decoded", .notEvaluated,
                .checked("mono-in-stereo", [most: 0.001], .example(.mp4) { $0.depth = .frames })),
        ])

    private static func subject(_ difference: Double) -> Subject {
        .checked("mono-in-stereo", [most: 0.001], .heardExample { $0.stereo?.difference = difference })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Heard.judge(facts) { heard in
            guard let stereo = heard.sound.stereo, heard.sound.level.value != nil else { return .notApplicable }
            if stereo.difference > check[most] { return .passed }
            return .found([
                found(
                    check, "The left and the right channel are the same", measured: JSON(stereo.difference),
                    allowed: ["min": JSON(check[most])], unit: "of full scale", stream: heard.stream, span: heard.span)
            ])
        }
    }
}
