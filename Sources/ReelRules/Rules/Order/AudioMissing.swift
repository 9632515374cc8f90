internal import ReelModel

/// Sound was ordered and there is none.
enum AudioMissing: Rule {
    static let page = RulePage(
        id: "audio-missing", group: .order, summary: "Sound was ordered, and the file has no stream of it.",
        why: "A render that lost its music is delivered without complaint, and posted silent.", fix: "Render it again.",
        depth: .header, yieldsTo: ["no-media-stream"],
        examples: [
            Example("sound as ordered", .passes, .ordered(Expectation(audio: true), .example(.mp4))),
            Example("no sound", .fires, .ordered(Expectation(audio: true), .example(.mp4) { $0.audio = .known([]) })),
            Example(
                "streams that were not read", .notEvaluated,
                .ordered(Expectation(audio: true), .example(.mp4) { $0.audio = .unknown("the index was not read") })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.order?.audio == true }

    static func judge(_ subject: Subject) -> Judgement {
        guard let streams = subject.facts.audio.value else {
            return .notEvaluated(subject.facts.audio.reason ?? Facts.notRead)
        }
        return streams.isEmpty
            ? refused("Sound was ordered, and there is none", measured: 0, allowed: ["min": 1], unit: "streams")
            : .passed
    }
}
