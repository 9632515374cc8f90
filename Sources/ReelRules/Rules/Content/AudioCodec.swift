internal import ReelModel

/// The sound is coded in a way that the destination does not take.
enum AudioCodec: Rule {
    static let page = RulePage(
        id: "audio-codec", group: .content, summary: "The audio codec is not one that the destination takes.",
        why: "Where the sound cannot be decoded, the film is refused, or published silent.",
        fix: .fit("Encode the sound anew, the picture is copied"), depth: .header,
        examples: [
            Example("AAC", .passes, .delivery(.example(.mp4))),
            Example("no sound", .passes, .delivery(.example(.mp4) { $0.audio = .known([]) })),
            Example("AAC-LC where only that is taken", .passes, .publish(.audioCodecs, ["aac-lc"], .example(.mp4))),
            Example(
                "HE-AAC where only AAC-LC is taken", .fires,
                .publish(.audioCodecs, ["aac-lc"], .example(.mp4) { $0.editAudio { $0.profile = .known("HE-AAC") } })),
            Example("Opus", .fires, .delivery(.example(.mp4) { $0.editAudio { $0.codec = .known("opus") } })),
            Example(
                "streams that were not read", .notEvaluated,
                .delivery(.example(.mp4) { $0.audio = .unknown("the index was not read") })),
        ])

    static let limits: [LimitKind] = [LimitKey.audioCodecs.kind]

    static func judge(_ subject: Subject) -> Judgement {
        judgeSound(subject) { audio, profile in
            .joined(
                profile[all: .audioCodecs].map { limit in
                    guard let codec = audio.codec.value else {
                        return .notEvaluated(audio.codec.reason ?? Facts.notInHeader)
                    }
                    if limit.value.contains(codec) { return .passed }
                    let named = audio.profile.value.map { "\(codec) \($0)" } ?? codec
                    if codec == "aac", limit.value.contains("aac-lc") {
                        guard let kind = audio.profile.value else {
                            return .notEvaluated(audio.profile.reason ?? Facts.notInHeader)
                        }
                        if kind == "LC" { return .passed }
                    }
                    let taken = limit.value.filter { $0 != "none" }
                    return .found([
                        broken(
                            limit, of: profile,
                            "The sound is \(named); \(profile.title) "
                                + (limit.strength == .hard ? "takes " : "wants ") + taken.joined(separator: ", "),
                            measured: .string(codec), allowed: ["anyOf": .array(taken.map(JSON.string))],
                            stream: audio.index)
                    ])
                })
        }
    }
}
