internal import ReelModel

/// One of the two front channels is silent.
enum ChannelDead: CheckRule {
    static let shortest = Threshold(
        "min_duration", unit: "seconds", "a channel that is silent this long while others are not is found")

    static let page = RulePage(
        id: "channel-dead", group: .sound,
        summary: "The left or the right channel is silent while the other is not.",
        why:
            "A microphone on one input, a mono clip laid on one side: on one earphone there is nothing. Judged are the "
            + "front left and the front right channel; surround channels are often silent by intent.",
        fix: "Put mono sound on both sides, and render it again.", depth: .frames, reads: [.channels, .stereo],
        yieldsTo: ["sound-silent", "sound-missing"], thresholds: [shortest],
        examples: [
            Example("sound on both sides", .passes, subject("FR", [])),
            Example("half a second on one side", .passes, subject("FR", [(3, 3.5)])),
            Example("a surround channel that is silent", .passes, subject("SL", [(0, 10)])),
            Example("nothing on the right", .fires, subject("FR", [(0, 10)])),
            Example("the left drops out for two seconds", .fires, subject("FL", [(4, 6)])),
            Example(
                "nothing was decoded", .notEvaluated,
                .checked("channel-dead", [shortest: 1], .example(.mp4) { $0.depth = .frames })),
        ])

    private static func subject(_ name: String, _ silence: [(Double, Double)]) -> Subject {
        .checked(
            "channel-dead", [shortest: 1],
            .heardExample { sound in
                if !sound.channels.contains(where: { $0.name == name }) {
                    sound.channels.append(ChannelMeasurements(name: name))
                }
                for place in sound.channels.indices where sound.channels[place].name == name {
                    sound.channels[place].silence = silence.map { TimeRange(start: $0.0, end: $0.1) }
                }
            })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Heard.judge(facts) { heard in
            // Without a pair there is no side: what is called so alone is the one channel there is.
            guard heard.sound.stereo != nil else { return .notApplicable }
            let limit = check[shortest]
            let findings = [("FL", "left"), ("FR", "right")].flatMap { name, side in
                let silence = heard.sound.channels.first { $0.name == name }?.silence ?? []
                return silence.filter { $0.isAtLeast(limit) }.map { span in
                    found(
                        check, "The \(side) channel is silent for \(Figure.seconds(span.duration)), the other is not",
                        measured: JSON(span.duration), allowed: ["max": JSON(limit)], unit: "seconds",
                        stream: heard.stream, span: span)
                }
            }
            return findings.isEmpty ? .passed : .found(findings)
        }
    }
}
