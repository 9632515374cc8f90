internal import ReelModel

/// It has more streams of sound than the destination takes.
enum AudioStreamsSeveral: Rule {
    static let page = RulePage(
        id: "audio-streams-several", group: .content,
        summary: "The file has more streams of sound than the destination takes.",
        why:
            "Editors keep a stream for each microphone or language. A destination that plays one either refuses the file or takes"
            + "whichever it meets first.",
        fix: .fit("Keep the stream that is meant"), depth: .header,
        examples: [
            Example("one", .passes, .publish(.maxAudioStreams, 1, .example(.mp4))),
            Example(
                "two", .fires,
                .publish(
                    .maxAudioStreams, 1, .example(.mp4) { $0.audio = .known([.example(index: 1), .example(index: 2)]) })
            ),
            Example(
                "streams that were not read", .notEvaluated,
                .publish(.maxAudioStreams, 1, .example(.mp4) { $0.audio = .unknown("the index was not read") })),
        ])

    static let limits: [LimitKind] = [LimitKey.maxAudioStreams.kind]

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile, subject.facts.image == nil else { return .notApplicable }
        return holdAtMost(.maxAudioStreams, of: profile, subject.facts.audio.map { $0.count }) {
            "It has \($0) streams of sound; \(profile.title) takes \($1)"
        }
    }
}
