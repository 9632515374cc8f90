internal import ReelModel

/// Its sound has another bit rate than the destination wants.
enum AudioBitRate: Rule {
    static let page = RulePage(
        id: "audio-bit-rate", group: .content, summary: "The bit rate of the sound is not what the destination wants.",
        why:
            "Where a page states a bare figure it is not clear whether it is a ceiling or a floor; Threads is reported to refuse"
            + "what is not about 128 kb/s. Within a sixteenth of it counts as met: encoders do not hit a figure exactly.",
        fix: .fit("Code the sound anew with that rate, the picture is copied"), depth: .header,
        yieldsTo: ["audio-codec"],
        examples: [
            Example(
                "128 kb/s where that is wanted", .passes,
                .publish(.preferredAudioBitRate, 128_000, strength: .recommended, .example(.mp4))),
            Example(
                "126 kb/s, as encoders hit it", .passes,
                .publish(
                    .preferredAudioBitRate, 128_000, strength: .recommended,
                    .example(.mp4) { $0.editAudio { $0.bitRate = .known(126_000) } })),
            Example(
                "192 kb/s where 128 are wanted", .fires,
                .publish(
                    .preferredAudioBitRate, 128_000, strength: .recommended,
                    .example(.mp4) { $0.editAudio { $0.bitRate = .known(192_000) } })),
            Example(
                "96 kb/s where 128 are the least", .fires,
                .publish(
                    .minAudioBitRate, 128_000, strength: .recommended,
                    .example(.mp4) { $0.editAudio { $0.bitRate = .known(96_000) } })),
            Example(
                "a rate that is not known", .notEvaluated,
                .publish(
                    .minAudioBitRate, 128_000, strength: .recommended,
                    .example(.mkv) { $0.editAudio { $0.bitRate = .unknown(Facts.notInHeader) } })),
        ])

    static let limits: [LimitKind] = [
        LimitKey.minAudioBitRate.kind, LimitKey.preferredAudioBitRate.kind, LimitKey.preferredMonoBitRate.kind,
        LimitKey.preferredStereoBitRate.kind, LimitKey.preferredSurroundBitRate.kind,
    ]

    static func judge(_ subject: Subject) -> Judgement {
        judgeSound(subject) { audio, profile in
            var parts = [
                hold(
                    .minAudioBitRate, of: profile, audio.bitRate, stream: audio.index, breaks: { $0 < $1 - $1 / 16 },
                    say: { "The sound has \(BitRate.words($0)); \(profile.title) wants at least \(BitRate.words($1))" },
                    json: { (JSON($0), ["min": JSON($1)]) }),
                hold(
                    .preferredAudioBitRate, of: profile, audio.bitRate, stream: audio.index,
                    breaks: { abs($0 - $1) > $1 / 16 },
                    say: { "The sound has \(BitRate.words($0)); \(profile.title) states \(BitRate.words($1))" },
                    json: { (JSON($0), ["equal": JSON($1)]) }),
            ]
            let advised: LimitKey<Int64>? =
                switch audio.channels.value {
                case 1?: .preferredMonoBitRate
                case 2?: .preferredStereoBitRate
                case 6?: .preferredSurroundBitRate
                case _: nil
                }
            if let advised {
                parts.append(
                    hold(
                        advised, of: profile, audio.bitRate, stream: audio.index, breaks: { $0 < $1 - $1 / 16 },
                        say: { "The sound has \(BitRate.words($0)); \(profile.title) advises \(BitRate.words($1))" },
                        json: { (JSON($0), ["min": JSON($1)]) }))
            }
            return .joined(parts)
        }
    }
}
