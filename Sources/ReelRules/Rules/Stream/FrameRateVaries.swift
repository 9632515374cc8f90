internal import ReelModel

/// Its frames do not follow one another evenly.
enum FrameRateVaries: CheckRule {
    static let page = RulePage(
        id: "frame-rate-varies", group: .stream, summary: "The frame rate is not constant.",
        why:
            "A renderer writes frames at one distance. Where they are uneven some were dropped, and editors and services "
            + "that count frames instead of times move the picture against the sound.",
        fix: .fit("Encode it again at a constant frame rate"), depth: .packets,
        yieldsTo: ["truncated", "broken-framing", "zeroed-range", "decode-error"],
        examples: [
            Example("each frame as long as the others", .passes, subject(.known(false))),
            Example("frames of different length", .fires, subject(.known(true))),
            Example("fewer than three frames", .passes, subject(.unknown("fewer than three frames"))),
            Example(
                "the packets were not read", .notEvaluated,
                .checked("frame-rate-varies", severity: .risk, .example(.mp4) { $0.depth = .packets })),
        ])

    private static func subject(_ variable: Known<Bool>) -> Subject {
        .checked(
            "frame-rate-varies", severity: .risk,
            .packetsExample(.mp4) { $0.editVideo { $0.variableFrameRate = variable } })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        guard facts.image == nil, let video = facts.mainVideo else { return .notApplicable }
        guard let packets = facts.packets(of: video.index) else { return .notEvaluated(Packets.nothing) }
        guard video.variableFrameRate.value == true else { return .passed }
        let rates = packets.frameRates.value
        let range =
            rates.map {
                ": from \(Figure.decimal($0.minimum, places: 2)) to \(Figure.decimal($0.maximum, places: 2)) frames a second"
            } ?? ""
        return .found([
            found(
                check, "The frame rate is not constant" + range,
                measured: rates.map { ["min": JSON($0.minimum), "max": JSON($0.maximum)] } ?? .null,
                allowed: ["equal": "constant"], unit: "frames a second", stream: video.index)
        ])
    }
}
