internal import ReelModel

/// The picture ends before the sound does.
enum VideoEndsEarly: Rule {
    static let page = RulePage(
        id: "video-ends-early", group: .packets, summary: "The picture ends well before the sound does.",
        why: "Players hold the last frame or show black while the sound goes on: a render that was cut off. Encoders "
            + "pad sound at its end, so up to 0.25 s is taken for that.",
        fix: "Render it again.", depth: .packets,
        yieldsTo: ["sound-missing", "picture-missing", "truncated", "samples-outside-file"],
        examples: [
            Example("both end at 10 s", .passes, .alone(.decodedExample(.mp4))),
            Example("0.2 s early", .passes, .alone(ending(picture: 9.8))),
            Example("after 6 s of 10 s", .fires, .alone(ending(picture: 6))),
            Example(
                "after 6 s, by its packets alone", .fires,
                .alone(.packetsExample(.mp4) { $0.editPackets(0) { $0.span = TimeRange(start: 0, end: 6) } })),
            Example("the packets were not read", .notEvaluated, .alone(.example(.mp4) { $0.depth = .packets })),
        ])

    private static func ending(picture: Double) -> Facts {
        .decodedExample(.mp4) { $0.editMeasured(0) { $0.span = TimeRange(start: 0, end: picture) } }
    }

    /// Seconds.
    private static let slack = 0.25

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        let facts = subject.facts
        if facts.image != nil { return .notApplicable }
        guard facts.measured != nil || facts.packets != nil else { return .notEvaluated(Packets.nothing) }
        guard let video = facts.mainVideo, let audio = facts.mainAudio,
            let picture = Packets.span(of: video.index, in: facts), let sound = Packets.span(of: audio.index, in: facts)
        else { return .notApplicable }
        if sound.end - picture.end <= slack { return .passed }
        return refused(
            "The picture ends at \(Figure.seconds(picture.end)), the sound at \(Figure.seconds(sound.end))",
            measured: JSON(picture.end), allowed: ["min": JSON(sound.end - slack)], unit: "seconds",
            stream: video.index, span: TimeRange(start: picture.end, end: sound.end))
    }
}
