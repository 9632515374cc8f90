internal import ReelModel

/// It is silent.
enum AudioAbsent: Rule {
    static let page = RulePage(
        id: "audio-absent", group: .content, summary: "The film has no stream of sound.",
        why:
            "A silent film is taken. What fails is to attach music to it there: Instagram answers 2207082 where there is no"
            + "stream of sound to mix with.",
        fix: "Add a silent track, if music is to be attached there.", depth: .header,
        yieldsTo: ["video-missing", "wrong-medium"],
        examples: [
            Example(
                "a film with sound", .passes,
                .publish(.audioExpected, true, strength: .recommended, effect: .ignored, .example(.mp4))),
            Example(
                "a silent film", .fires,
                .publish(
                    .audioExpected, true, strength: .recommended, effect: .ignored,
                    .example(.mp4) { $0.audio = .known([]) })),
            Example(
                "streams that were not read", .notEvaluated,
                .publish(
                    .audioExpected, true, strength: .recommended, effect: .ignored,
                    .example(.mp4) { $0.audio = .unknown("the index was not read") })),
        ])

    static let limits: [LimitKind] = [LimitKey.audioExpected.kind]

    static func judge(_ subject: Subject) -> Judgement {
        judgeFilm(subject) { _, profile in
            hold(
                .audioExpected, of: profile, subject.facts.audio, breaks: { $0.isEmpty && $1 },
                say: { _, _ in "It has no stream of sound" }, json: { sounds, _ in (JSON(sounds.count), ["min": 1]) })
        }
    }
}
