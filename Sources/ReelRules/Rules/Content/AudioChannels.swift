internal import ReelModel

/// Its sound has more channels than the destination takes.
enum AudioChannels: Rule {
    static let page = RulePage(
        id: "audio-channels", group: .content,
        summary: "The sound has more channels than the destination takes, or another number than it wants.",
        why: "5.1 sound is refused, or mixed down by somebody else.",
        fix: .fit("Mix it down to stereo, the picture is copied"), depth: .header, yieldsTo: ["audio-codec"],
        examples: [
            Example("stereo", .passes, .publish(.maxAudioChannels, 2, .example(.mp4))),
            Example(
                "5.1 where stereo is the most", .fires,
                .publish(.maxAudioChannels, 2, .example(.mp4) { $0.editAudio { $0.channels = .known(6) } })),
            Example(
                "mono where stereo or 5.1 are advised", .fires,
                .publish(
                    .preferredAudioChannels, LimitNumbers([2, 6]), strength: .recommended,
                    .example(.mp4) { $0.editAudio { $0.channels = .known(1) } })),
            Example(
                "channels that are not known", .notEvaluated,
                .publish(
                    .maxAudioChannels, 2, .example(.mp4) { $0.editAudio { $0.channels = .unknown(Facts.notInHeader) } })
            ),
        ])

    static let limits: [LimitKind] = [LimitKey.maxAudioChannels.kind, LimitKey.preferredAudioChannels.kind]

    static func judge(_ subject: Subject) -> Judgement {
        judgeSound(subject) { audio, profile in
            .joined([
                holdAtMost(.maxAudioChannels, of: profile, audio.channels, stream: audio.index) {
                    "The sound has \($0) channels; \(profile.title) takes \($1)"
                },
                hold(
                    .preferredAudioChannels, of: profile, audio.channels, stream: audio.index,
                    breaks: { !$1.values.contains(Double($0)) },
                    say: {
                        "The sound has \($0) channel\($0 == 1 ? "" : "s"); \(profile.title) advises \($1.figure.words)"
                    },
                    json: { (JSON($0), ["anyOf": $1.figure.json]) }),
            ])
        }
    }
}
