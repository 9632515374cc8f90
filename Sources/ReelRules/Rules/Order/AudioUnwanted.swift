internal import ReelModel

/// No sound was ordered, and there is some.
enum AudioUnwanted: Rule {
    static let page = RulePage(
        id: "audio-unwanted", group: .order, summary: "A film without sound was ordered, and the file has some.",
        why: "A film that is to be laid under other sound, or shown where none may be heard, must not bring its own.",
        fix: "Leave the sound out; the picture is copied.", depth: .header, yieldsTo: ["no-media-stream"],
        examples: [
            Example("no sound", .passes, .ordered(Expectation(audio: false), .example(.mp4) { $0.audio = .known([]) })),
            Example("sound", .fires, .ordered(Expectation(audio: false), .example(.mp4))),
            Example(
                "streams that were not read", .notEvaluated,
                .ordered(Expectation(audio: false), .example(.mp4) { $0.audio = .unknown("the index was not read") })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.order?.audio == false }

    static func judge(_ subject: Subject) -> Judgement {
        guard let streams = subject.facts.audio.value else {
            return .notEvaluated(subject.facts.audio.reason ?? Facts.notRead)
        }
        guard let first = streams.first else { return .passed }
        return refused(
            "No sound was ordered, and there is some", measured: JSON(streams.count), allowed: ["max": 0],
            unit: "streams", stream: first.index)
    }
}
