internal import ReelModel

/// Nothing to see and nothing to hear.
enum NoMediaStream: Rule {
    static let page = RulePage(
        id: "no-media-stream", group: .content, summary: "The file holds neither moving nor still picture nor sound.",
        why:
            "A container with only subtitles, data or a cover image passes for a film by its type, and leaves an empty "
            + "place in the timeline.",
        fix: "Send a file with picture or sound in it.", depth: .header,
        yieldsTo: ["empty-file", "truncated", "type-not-accepted"],
        examples: [
            Example("a film", .passes, .alone(.example(.mp4))),
            Example("a film without sound", .passes, .alone(.example(.mp4) { $0.audio = .known([]) })),
            Example("a still picture", .passes, .alone(.example(.png))),
            Example("an MP3 with a cover", .passes, .alone(.example(.mp3))),
            Example(
                "no stream at all", .fires,
                .alone(
                    .example(.mp4) {
                        $0.video = .known([])
                        $0.audio = .known([])
                    })),
            Example(
                "only a cover image", .fires,
                .alone(
                    .example(.m4a) {
                        $0.video = .known([.example()])
                        $0.editVideo { $0.attachedPicture = true }
                        $0.audio = .known([])
                    })),
            Example("a web page", .fires, .alone(.example(.html))),
            Example(
                "streams that were not read", .notEvaluated,
                .alone(
                    .example(.avi) {
                        $0.video = .unknown("not read")
                        $0.audio = .unknown("not read")
                    })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        let facts = subject.facts
        if facts.image != nil || facts.mainVideo != nil || facts.mainAudio != nil { return .passed }
        let nothing = "There is no picture and no sound in it"
        if let type = facts.type.value, type.kind == .other {
            return refused(nothing, measured: .string(type.id), allowed: ["anyOf": ["video", "audio", "image"]])
        }
        if let why = facts.video.reason ?? facts.audio.reason { return .notEvaluated(why) }
        return refused(nothing, measured: 0, allowed: ["min": 1], unit: "streams")
    }
}
