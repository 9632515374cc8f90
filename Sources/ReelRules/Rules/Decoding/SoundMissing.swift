internal import ReelModel

/// There is an audio stream and nothing comes out of it.
enum SoundMissing: Rule {
    static let page = RulePage(
        id: "sound-missing", group: .decoding, summary: "An audio stream has no sound that can be decoded.",
        why: "The header describes sound, and there is none behind it.", fix: "Render or download it again.",
        depth: .frames, yieldsTo: ["encrypted"],
        examples: [
            Example("ten seconds of sound", .passes, .alone(.decodedExample(.mp4))),
            Example("no sample", .fires, .alone(.decodedExample(.mp4) { $0.editMeasured(1) { $0.samples = 0 } })),
            Example("nothing was decoded", .notEvaluated, .alone(.example(.mp4) { $0.depth = .frames })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        guard let measured = subject.facts.measured else { return .notEvaluated(Decoding.nothing) }
        return .joined(
            (subject.facts.audio.value ?? []).map { audio in
                // That there is no decoder is for undecodable-codec to say.
                if audio.decodable.value == false { return .notApplicable }
                guard let stream = measured.stream(audio.index) else {
                    return .notEvaluated("stream \(audio.index) was not decoded")
                }
                if stream.samples > 0 { return .passed }
                return refused(
                    "Nothing of the sound can be decoded", measured: 0, allowed: ["min": 1], unit: "samples",
                    stream: audio.index)
            })
    }
}
