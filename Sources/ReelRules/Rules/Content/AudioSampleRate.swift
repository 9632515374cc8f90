internal import ReelModel

/// Its sound has another sample rate than the destination takes.
enum AudioSampleRate: Rule {
    static let page = RulePage(
        id: "audio-sample-rate", group: .content,
        summary: "The sample rate of the sound is above what the destination takes, or not what it wants.",
        why: "Recordings of 96 kHz come from studios; destinations keep 48 at most.",
        fix: .fit("Code the sound anew at 48 kHz, the picture is copied"), depth: .header,
        yieldsTo: ["audio-codec"],
        examples: [
            Example("48 kHz", .passes, .publish(.maxAudioSampleRate, 48_000, .example(.mp4))),
            Example(
                "96 kHz where 48 are taken", .fires,
                .publish(
                    .maxAudioSampleRate, 48_000, .example(.mp4) { $0.editAudio { $0.sampleRate = .known(96_000) } })),
            Example(
                "44.1 kHz where 48 are advised", .fires,
                .publish(
                    .preferredAudioSampleRate, 48_000, strength: .recommended,
                    .example(.mp4) { $0.editAudio { $0.sampleRate = .known(44_100) } })),
            Example(
                "a rate that is not known", .notEvaluated,
                .publish(
                    .maxAudioSampleRate, 48_000,
                    .example(.mp4) { $0.editAudio { $0.sampleRate = .unknown(Facts.notInHeader) } })),
        ])

    static let limits: [LimitKind] = [LimitKey.maxAudioSampleRate.kind, LimitKey.preferredAudioSampleRate.kind]

    static func judge(_ subject: Subject) -> Judgement {
        judgeSound(subject) { audio, profile in
            .joined([
                holdAtMost(.maxAudioSampleRate, of: profile, audio.sampleRate, stream: audio.index) {
                    "The sound has \(Figure.grouped(Int64($0))) Hz; \(profile.title) takes \(Figure.grouped(Int64($1)))"
                },
                hold(
                    .preferredAudioSampleRate, of: profile, audio.sampleRate, stream: audio.index, breaks: { $0 != $1 },
                    say: {
                        "The sound has \(Figure.grouped(Int64($0))) Hz; \(profile.title) advises \(Figure.grouped(Int64($1)))"
                    },
                    json: { (JSON($0), ["equal": JSON($1)]) }),
            ])
        }
    }
}
