internal import ReelModel

/// Its pixels are wider or taller than they should be.
enum PixelAspectNotAccepted: Rule {
    static let page = RulePage(
        id: "pixel-aspect-not-accepted", group: .content, summary: "The pixels are not square.",
        why:
            "Films from tape and disc are stored narrow and shown wide. A service that wants square pixels refuses them, or"
            + "shows everybody too thin.",
        fix: .fit("Have it scaled to square pixels"), depth: .header,
        yieldsTo: ["video-missing", "wrong-medium"],
        examples: [
            Example("square", .passes, .publish(.pixelAspect, "1:1", .example(.mp4))),
            Example(
                "16:11", .fires,
                .publish(
                    .pixelAspect, "1:1",
                    .example(.mp4) { $0.editVideo { $0.sampleAspectRatio = Known(Rational(16, 11), else: "") } })),
            Example(
                "a stream that was not read", .notEvaluated,
                .publish(
                    .pixelAspect, "1:1",
                    .example(.mp4) { $0.editVideo { $0.sampleAspectRatio = .unknown("no parameter set") } })),
        ])

    static let limits: [LimitKind] = [LimitKey.pixelAspect.kind]

    static func judge(_ subject: Subject) -> Judgement {
        judgeFilm(subject) { video, profile in
            let aspect = video.sampleAspectRatio.map { "\($0.numerator):\($0.denominator)" }
            return holdEqual(.pixelAspect, of: profile, aspect, stream: video.index) {
                "A pixel is \($0); \(profile.title) takes \($1)"
            }
        }
    }
}
