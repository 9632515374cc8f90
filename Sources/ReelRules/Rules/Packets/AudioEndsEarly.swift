internal import ReelModel

/// The sound ends before the picture does.
enum AudioEndsEarly: Rule {
    static let page = RulePage(
        id: "audio-ends-early", group: .packets, summary: "The sound ends before the picture does.",
        why: "A mix that was cut off leaves the film's end silent; the header often says the full length all the same. "
            + "More than two frames, and more than 0.1 s, is no rounding: sound is coded in blocks of up to 0.05 s "
            + "(the idea is that of Telestream's check FC-108, audio shorter than video).",
        fix: "Render it again.", depth: .packets,
        yieldsTo: ["sound-missing", "picture-missing", "truncated", "samples-outside-file"],
        examples: [
            Example("both end at 10 s", .passes, .alone(.decodedExample(.mp4))),
            Example("0.09 s early", .passes, .alone(ending(sound: 9.91))),
            Example("0.2 s early", .fires, .alone(ending(sound: 9.8))),
            Example("after 4.1 s of 10 s", .fires, .alone(ending(sound: 4.1))),
            Example(
                "after 6 s, by its packets alone", .fires,
                .alone(.packetsExample(.mp4) { $0.editPackets(1) { $0.span = TimeRange(start: 0, end: 6) } })),
            Example("a picture, which has no packets to read", .passes, .alone(.example(.png) { $0.depth = .packets })),
            Example("the packets were not read", .notEvaluated, .alone(.example(.mp4) { $0.depth = .packets })),
        ])

    private static func ending(sound: Double) -> Facts {
        .decodedExample(.mp4) { $0.editMeasured(1) { $0.span = TimeRange(start: 0, end: sound) } }
    }

    /// Seconds.
    private static let least = 0.1
    private static let frames = 2.0

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        let facts = subject.facts
        if facts.image != nil { return .notApplicable }
        guard facts.measured != nil || facts.packets != nil else { return .notEvaluated(Packets.nothing) }
        guard let video = facts.mainVideo, let audio = facts.mainAudio,
            let picture = Packets.span(of: video.index, in: facts), let sound = Packets.span(of: audio.index, in: facts)
        else { return .notApplicable }
        let rate = video.frameRate.value?.doubleValue ?? 0
        let slack = max(least, rate > 0 ? frames / rate : least)
        if picture.end - sound.end <= slack { return .passed }
        return refused(
            "The sound ends at \(Figure.seconds(sound.end)), the picture at \(Figure.seconds(picture.end))",
            measured: JSON(sound.end), allowed: ["min": JSON(picture.end - slack)], unit: "seconds",
            stream: audio.index, span: TimeRange(start: sound.end, end: picture.end))
    }
}
