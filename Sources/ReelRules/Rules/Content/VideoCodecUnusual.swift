internal import ReelModel

/// The picture is coded in another way than the destination advises.
enum VideoCodecUnusual: Rule {
    static let page = RulePage(
        id: "video-codec-unusual", group: .content,
        summary: "The codec of the picture, or its profile, is not the one that the destination advises.",
        why:
            "What is advised goes through with the least done to it. H.264 below its Main profile also lacks arithmetic coding"
            + "(CABAC), which costs quality at the same bytes.",
        fix: "Encode with the advised codec and profile, if you encode anyway.", depth: .header,
        yieldsTo: ["video-missing", "wrong-medium", "video-codec"],
        examples: [
            Example(
                "H.264 where that is advised", .passes,
                .publish(.preferredVideoCodecs, ["h264"], strength: .recommended, .example(.mp4))),
            Example(
                "HEVC where H.264 is advised", .fires,
                .publish(
                    .preferredVideoCodecs, ["h264"], strength: .recommended,
                    .example(.mp4) { $0.editVideo { $0.codec = .known("hevc") } })),
            Example(
                "H.264 Baseline where High is advised", .fires,
                .publish(
                    .videoProfile, "high", strength: .recommended,
                    .example(.mp4) { $0.editVideo { $0.profile = .known("Constrained Baseline") } })),
            Example(
                "HEVC where High of H.264 is advised", .passes,
                .publish(
                    .videoProfile, "high", strength: .recommended,
                    .example(.mp4) { $0.editVideo { $0.codec = .known("hevc") } })),
            Example(
                "a codec that is not known", .notEvaluated,
                .publish(
                    .preferredVideoCodecs, ["h264"], strength: .recommended,
                    .example(.mp4) { $0.editVideo { $0.codec = .unknown("no such sample entry is known") } })),
        ])

    static let limits: [LimitKind] = [
        LimitKey.preferredVideoCodecs.kind, LimitKey.videoProfile.kind, LimitKey.entropyCoding.kind,
    ]

    static func judge(_ subject: Subject) -> Judgement {
        judgeFilm(subject) { video, profile in
            var parts = [
                holdAmong(.preferredVideoCodecs, of: profile, video.codec, stream: video.index) {
                    "The picture is \($0); \(profile.title) advises \($1)"
                }
            ]
            // High, and how symbols are coded, are words about H.264.
            if video.codec.value == "h264" {
                parts.append(
                    hold(
                        .videoProfile, of: profile, video.profile, stream: video.index,
                        breaks: { $0.lowercased() != $1.lowercased() },
                        say: { "The picture is H.264 \($0); \(profile.title) advises \($1)" },
                        json: { (.string($0), ["equal": .string($1)]) }))
                if let own = video.profile.value, ["Baseline", "Constrained Baseline"].contains(own) {
                    parts.append(
                        holdEqual(.entropyCoding, of: profile, .known("cavlc"), stream: video.index) {
                            "H.264 \(own) codes by \($0); \(profile.title) advises \($1)"
                        })
                }
            }
            return .joined(parts)
        }
    }
}
