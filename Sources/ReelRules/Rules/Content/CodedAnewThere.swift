internal import ReelModel

/// The destination does not keep it as it is.
enum CodedAnewThere: Rule {
    static let page = RulePage(
        id: "coded-anew-there", group: .content, summary: "The file is taken, and coded anew.",
        why:
            "What fits is kept as it is; anything else is coded anew, with the losses of that, and some of it may be left out.",
        fix: .fit("Send it in the codec and container that are kept"), depth: .header,
        yieldsTo: ["video-missing", "wrong-medium", "type-not-accepted"],
        examples: [
            Example(
                "30 fps where more are left out", .passes,
                .publish(.deliveredFPS, 30, strength: .recommended, effect: .transcoded, .example(.mp4))),
            Example(
                "60 fps where 30 are kept", .fires,
                .publish(
                    .deliveredFPS, 30, strength: .recommended, effect: .transcoded,
                    .example(.mp4) { $0.editVideo { $0.frameRate = .known(Rational(60)) } })),
            Example(
                "an MP4 where that is kept", .passes,
                .publish(.passthrough, kept, strength: .recommended, effect: .transcoded, .example(.mp4))),
            Example(
                "a MOV where MP4 is kept", .fires,
                .publish(.passthrough, kept, strength: .recommended, effect: .transcoded, .example(.mov))),
            Example(
                "a pixel format that is not known", .notEvaluated,
                .publish(
                    .passthrough, kept, strength: .recommended, effect: .transcoded,
                    .example(.mp4) { $0.editVideo { $0.pixelFormat = .unknown("no parameter set") } })),
        ])

    static let limits: [LimitKind] = [
        LimitKey.passthrough.kind, LimitKey.maxKeptFrames.kind, LimitKey.deliveredFPS.kind,
        LimitKey.deliveredVideoBitRate.kind,
    ]

    static func judge(_ subject: Subject) -> Judgement {
        judgeFilm(subject) { video, profile in
            let facts = subject.facts
            return .joined([
                .joined(profile[all: .passthrough].map { keeps(facts, video, $0, profile) }),
                holdAtMost(.maxKeptFrames, of: profile, video.frames, stream: video.index) {
                    "It has \(Figure.grouped(Int64($0))) pictures; \(profile.title) keeps the first \(Figure.grouped(Int64($1)))"
                },
                hold(
                    .deliveredFPS, of: profile, facts.frameRate(of: video), stream: video.index,
                    breaks: { $0.isMore(than: $1) },
                    say: { "It has \(FrameRate.words($0)); \(profile.title) shows \(Figure.decimal($1, places: 3))" },
                    json: { (JSON($0.doubleValue), ["max": JSON($1)]) }),
                holdAtMost(.deliveredVideoBitRate, of: profile, facts.bitRate(of: video), stream: video.index) {
                    "The picture has \(BitRate.words($0)); \(profile.title) makes \(BitRate.words($1)) of it"
                },
            ])
        }
    }

    private static let kept = LimitTable([
        .init("container", ["mp4"]), .init("video_codec", ["h264"]), .init("audio_codec", ["aac", "none"]),
        .init("pix_fmt", ["yuv420p"]),
    ])

    private static func keeps(
        _ facts: Facts, _ video: VideoFacts, _ limit: Limit<LimitTable>, _ profile: Profile
    ) -> Judgement {
        let sounds = facts.audio.map { $0.isEmpty ? ["none"] : $0.map { $0.codec.value ?? "unknown" } }
        let asked: [(String, Known<[String]>)] = [
            ("container", facts.type.map { [$0.id] }), ("video_codec", video.codec.map { [$0] }),
            ("audio_codec", sounds), ("pix_fmt", video.pixelFormat.map { [$0] }),
        ]
        for (name, measured) in asked {
            guard let wanted = limit.value[name] else { continue }
            guard let own = measured.value else { return .notEvaluated(measured.reason ?? Facts.notInHeader) }
            guard let other = own.first(where: { !wanted.contains($0) }) else { continue }
            return .found([
                broken(
                    limit, of: profile,
                    "It has \(other); \(profile.title) keeps \(wanted.joined(separator: ", ")) as it is",
                    measured: .string(other), allowed: ["anyOf": .array(wanted.map(JSON.string))])
            ])
        }
        return .passed
    }
}
