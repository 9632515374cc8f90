internal import ReelModel

/// The picture begins after the sound.
enum PictureLate: CheckRule {
    static let most = Threshold(
        "max_offset", unit: "seconds", "a picture that begins later than the sound by more is found")

    static let page = RulePage(
        id: "picture-late", group: .stream, summary: "The picture begins noticeably later than the sound.",
        why: "Until the first picture players show black, or the picture too early and so out of step with the sound.",
        fix: "Let both begin at once, and render it again.", depth: .packets,
        yieldsTo: ["picture-missing", "sound-missing", "truncated"], thresholds: [most],
        examples: [
            Example("both begin at 0", .passes, subject(0)),
            Example("two frames later", .passes, subject(0.067)),
            Example("a second later", .fires, subject(1)),
            Example(
                "two seconds lost while decoding, which decode-error tells", .passes,
                .checked("picture-late", [most: 0.1], severity: .risk, lost(from: 0.04))),
            Example(
                "two seconds later, and a fault after it", .fires,
                .checked("picture-late", [most: 0.1], severity: .risk, lost(from: 5))),
            Example(
                "the packets were not read", .notEvaluated,
                .checked("picture-late", [most: 0.1], severity: .risk, .example(.mp4) { $0.depth = .packets })),
        ])

    private static func subject(_ start: Double) -> Subject {
        .checked(
            "picture-late", [most: 0.1], severity: .risk,
            .packetsExample(.mp4) { $0.editPackets(0) { $0.span = TimeRange(start: start, end: 10) } })
    }

    private static func lost(from time: Double) -> Facts {
        .decodedExample(.mp4) {
            $0.editMeasured(0) { $0.span = TimeRange(start: 2, end: 10) }
            $0.measured?.faults = [DecodeFault(stream: 0, time: time, message: "no frame")]
            $0.measured?.faultCount = 1
        }
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        guard let video = facts.mainVideo, let audio = facts.mainAudio else { return .notApplicable }
        guard facts.packets != nil || facts.measured != nil else { return .notEvaluated(Packets.nothing) }
        guard let picture = Packets.span(of: video.index, in: facts),
            let sound = Packets.span(of: audio.index, in: facts)
        else { return .notApplicable }
        if picture.start - sound.start <= check[most] { return .passed }
        if Packets.lostBeginning(of: video.index, behind: audio.index, within: check[most], in: facts) {
            return .passed
        }
        return .found([
            found(
                check,
                "The picture begins at \(Figure.seconds(picture.start)), the sound at \(Figure.seconds(sound.start))",
                measured: JSON(picture.start - sound.start), allowed: ["max": JSON(check[most])], unit: "seconds",
                stream: video.index, span: TimeRange(start: sound.start, end: picture.start))
        ])
    }
}
