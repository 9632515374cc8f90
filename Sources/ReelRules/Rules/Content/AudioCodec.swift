internal import ReelModel

/// The sound is coded in a way that the destination does not take.
enum AudioCodec: Rule {
    static let page = RulePage(
        id: "audio-codec", group: .content, summary: "The audio codec is not one that the destination takes.",
        why: "Where the sound cannot be decoded, the film is refused, or published silent.",
        fix: "Encode the sound anew, the picture is copied: reelgate fit.", depth: .header,
        examples: [
            Example("AAC", .passes, .delivery(.example(.mp4))),
            Example("no sound", .passes, .delivery(.example(.mp4) { $0.audio = .known([]) })),
            Example("Opus", .fires, .delivery(.example(.mp4) { $0.editAudio { $0.codec = .known("opus") } })),
            Example(
                "streams that were not read", .notEvaluated,
                .delivery(.example(.mp4) { $0.audio = .unknown("the index was not read") })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.profile?.audioCodecs != nil }

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile, let limit = profile.audioCodecs else { return .notApplicable }
        if subject.facts.type.value?.kind == .image { return .notApplicable }
        guard let streams = subject.facts.audio.value else {
            return .notEvaluated(subject.facts.audio.reason ?? Facts.notRead)
        }
        return .joined(
            streams.map { audio in
                guard let codec = audio.codec.value else {
                    return .notEvaluated(audio.codec.reason ?? Facts.notInHeader)
                }
                if limit.value.contains(codec) { return .passed }
                let finding = broken(
                    limit, of: profile,
                    "The sound is \(codec); \(profile.title) takes \(limit.value.joined(separator: ", "))",
                    measured: .string(codec), allowed: ["anyOf": .array(limit.value.map(JSON.string))],
                    stream: audio.index)
                return .found([finding])
            })
    }
}
