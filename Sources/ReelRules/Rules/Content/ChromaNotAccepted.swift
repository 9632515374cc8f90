internal import ReelModel

/// Its colour is sampled in another way than the destination takes.
enum ChromaNotAccepted: Rule {
    static let page = RulePage(
        id: "chroma-not-accepted", group: .content,
        summary: "The colour is sampled more finely, or otherwise, than the destination takes.",
        why:
            "Editors and screen recorders export 4:2:2 and 4:4:4, which few devices can play; X and Instagram refuse them. Ten"
            + "bits in 4:2:0 are another matter: no page but that of YouTube speaks of them.",
        fix: .fit("Code the picture anew in 4:2:0"), depth: .header,
        yieldsTo: ["video-missing", "wrong-medium"],
        examples: [
            Example("4:2:0", .passes, .publish(.chroma, "4:2:0", .example(.mp4))),
            Example(
                "4:2:0 with 10 bits", .passes,
                .publish(.chroma, "4:2:0", .example(.mp4) { $0.editVideo { $0.pixelFormat = .known("yuv420p10le") } })),
            Example(
                "4:4:4, as screen recorders make it", .fires,
                .publish(.chroma, "4:2:0", .example(.mp4) { $0.editVideo { $0.pixelFormat = .known("yuv444p") } })),
            Example(
                "a pixel format that is not known", .notEvaluated,
                .publish(
                    .chroma, "4:2:0", .example(.mp4) { $0.editVideo { $0.pixelFormat = .unknown(Facts.notInHeader) } })),
        ])

    static let limits: [LimitKind] = [LimitKey.chroma.kind]

    static func judge(_ subject: Subject) -> Judgement {
        judgeFilm(subject) { video, profile in
            let chroma = video.pixelFormat.flatMap { format in
                Known(Chroma.sampling(of: format), else: "how \(format) samples colour is not known here")
            }
            return holdEqual(.chroma, of: profile, chroma, stream: video.index) {
                "The colour is sampled \($0); \(profile.title) takes \($1)"
            }
        }
    }
}
