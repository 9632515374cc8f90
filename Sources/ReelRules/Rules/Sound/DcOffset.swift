internal import ReelModel

/// The sound is not centred.
enum DcOffset: CheckRule {
    static let most = Threshold(
        "max_offset", unit: "of full scale", "a channel whose mean lies further from 0 is found")

    static let page = RulePage(
        id: "dc-offset", group: .sound, summary: "The mean of a channel is not zero.",
        why:
            "A constant offset comes from a broken converter or filter. It is not heard itself, but takes room from the "
            + "sound, and clicks wherever the sound is cut.",
        fix: "Filter the sound with a high pass, and render it again.", depth: .frames, reads: [.channels],
        yieldsTo: ["sound-missing"],
        thresholds: [most],
        examples: [
            Example("a mean of 0.001", .passes, subject(0.001)),
            Example("a mean of -0.05", .fires, subject(-0.05)),
            Example(
                "nothing was decoded", .notEvaluated,
                .checked("dc-offset", [most: 0.01], .example(.mp4) { $0.depth = .frames })),
        ])

    private static func subject(_ offset: Double) -> Subject {
        .checked("dc-offset", [most: 0.01], .heardExample { $0.channels[0].offset = offset })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Heard.judge(facts) { heard in
            let limit = check[most]
            let off = heard.sound.channels.filter { abs($0.offset) > limit }
            if off.isEmpty { return .passed }
            return .found(
                off.map { channel in
                    found(
                        check,
                        "The mean of channel \(channel.name) is \(Figure.decimal(channel.offset, places: 3)) of full scale",
                        measured: JSON(channel.offset), allowed: ["max": JSON(limit)], unit: "of full scale",
                        stream: heard.stream, span: heard.span)
                })
        }
    }
}
