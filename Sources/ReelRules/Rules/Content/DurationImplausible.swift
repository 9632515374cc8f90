internal import ReelModel

/// It lasts no time at all, or longer than it can.
enum DurationImplausible: Rule {
    static let page = RulePage(
        id: "duration-implausible", group: .content,
        summary: "The file lasts no time at all, or longer than anything that is sent to anybody.",
        why: "A length of zero is the mark of an export that was broken off, or of the opening part of a stream, which "
            + "holds no picture yet. More than 24 hours is a clock that ran over: the longest that any destination "
            + "takes is 12 hours (YouTube).",
        fix: "Export the file again.", depth: .header,
        yieldsTo: [
            "empty-file", "truncated", "type-not-accepted", "no-media-stream", "index-damaged", "samples-outside-file",
            "timing-broken", "duration-too-long", "duration-too-short",
        ],
        examples: [
            Example("ten seconds", .passes, .alone(.example(.mp4))),
            Example("a single frame of 0.04 s", .passes, .alone(.example(.mp4) { $0.duration = .known(0.04) })),
            Example("zero seconds", .fires, .alone(.example(.mp4) { $0.duration = .known(0) })),
            Example(
                "the opening part of a stream: no frame", .fires,
                .alone(
                    .example(.mp4) {
                        $0.duration = .known(0)
                        $0.editVideo { $0.frames = .known(0) }
                    })),
            Example(
                "a recording without a sample", .fires,
                .alone(
                    .example(.wav) {
                        $0.duration = .known(0)
                        $0.editAudio { $0.duration = .known(0) }
                    })),
            Example("13 days", .fires, .alone(.example(.mp4) { $0.duration = .known(1_123_200) })),
        ])

    /// Seconds.
    private static let most = 86_400.0

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        let facts = subject.facts
        guard let kind = facts.type.value?.kind, kind == .video || kind == .audio,
            let duration = facts.duration.value
        else { return .notApplicable }
        if duration > 0, duration <= most { return .passed }
        let allowed: JSON = ["min": 0, "max": JSON(most)]
        if duration > 0 {
            let words = "It says that it lasts \(Figure.decimal(duration / 3600, places: 1)) hours"
            return .found([own(.risk, words, measured: JSON(duration), allowed: allowed, unit: "seconds")])
        }
        // A picture stream without a frame is a film with nothing in it; one frame without a length can still be shown,
        // and sound without a length cannot be heard.
        let isSilent = facts.mainVideo == nil && facts.mainAudio?.duration.value == 0
        let isHollow = isSilent || facts.mainVideo?.frames.value == 0
        let words =
            isSilent
            ? "It has sound of no sample, and lasts 0 seconds"
            : isHollow ? "It has a film of no frame, and lasts 0 seconds" : "It says that it lasts 0 seconds"
        return .found([
            own(isHollow ? .reject : .risk, words, measured: JSON(duration), allowed: allowed, unit: "seconds")
        ])
    }
}
