internal import ReelModel

/// Picture and sound do not end together, by what the header says.
enum LengthsApart: Rule {
    static let page = RulePage(
        id: "lengths-apart", group: .content,
        summary: "By its header, the picture and the sound end at different times.",
        why: "Sound that stops early leaves the end silent, a picture that stops early holds its last frame. Encoders "
            + "pad by up to a quarter of a second, which is taken for that; more is worth a look, and more than a "
            + "second and a tenth of the film is likely a file that was cut off or joined wrongly.",
        fix: "Play the end; if it is not meant so, export the file again.", depth: .header,
        yieldsTo: [
            "empty-file", "truncated", "index-damaged", "samples-outside-file", "timing-broken", "audio-ends-early",
            "video-ends-early", "duration-implausible",
        ],
        examples: [
            Example("both end at 10 s", .passes, .alone(.example(.mp4))),
            Example("0.2 s apart", .passes, .alone(sound(9.8))),
            Example("no sound", .passes, .alone(.example(.mp4) { $0.audio = .known([]) })),
            Example("half a second apart", .fires, .alone(sound(9.5))),
            Example("the sound ends after 6 s of 10 s", .fires, .alone(sound(6))),
            Example(
                "the picture ends after 6 s of 10 s", .fires,
                .alone(.example(.mp4) { $0.editVideo { $0.duration = .known(6) } })),
        ])

    private static func sound(_ seconds: Double) -> Facts {
        .example(.mp4) { $0.editAudio { $0.duration = .known(seconds) } }
    }

    /// Seconds.
    private static let padding = 0.25
    private static let much = 1.0
    private static let share = 0.1

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        let facts = subject.facts
        guard let video = facts.mainVideo, let audio = facts.mainAudio,
            let picture = end(video.start, video.duration), let sound = end(audio.start, audio.duration),
            picture > 0, sound > 0
        else { return .notApplicable }
        let gap = abs(picture - sound)
        if gap <= padding { return .passed }
        let severity: Severity = gap > much && gap > share * max(picture, sound) ? .risk : .note
        return .found([
            own(
                severity,
                "By its header the picture ends at \(Figure.seconds(picture)), the sound at \(Figure.seconds(sound))",
                measured: ["video": JSON(picture), "audio": JSON(sound)], allowed: ["max": JSON(padding)],
                unit: "seconds apart", stream: picture < sound ? video.index : audio.index,
                span: TimeRange(start: min(picture, sound), end: max(picture, sound)))
        ])
    }

    private static func end(_ start: Known<Double>, _ duration: Known<Double>) -> Double? {
        duration.value.map { $0 + (start.value ?? 0) }
    }
}
