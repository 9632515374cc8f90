internal import ReelModel

/// Its lines come in two turns.
enum ScanNotAccepted: Rule {
    static let page = RulePage(
        id: "scan-not-accepted", group: .content, summary: "The picture is interlaced where progressive is wanted.",
        why:
            "Films from cameras and broadcasts of old show combs on a screen of today, and services that want progressive"
            + "pictures refuse them or tear them.",
        fix: .fit("Have it made progressive"), depth: .header, yieldsTo: ["video-missing", "wrong-medium"],
        examples: [
            Example("progressive", .passes, .publish(.scan, "progressive", .example(.mp4))),
            Example(
                "interlaced", .fires,
                .publish(.scan, "progressive", .example(.mp4) { $0.editVideo { $0.scan = .known("interlaced") } })),
            Example(
                "a stream that does not say", .notEvaluated,
                .publish(
                    .scan, "progressive", .example(.mp4) { $0.editVideo { $0.scan = .unknown(Facts.notInHeader) } })),
        ])

    static let limits: [LimitKind] = [LimitKey.scan.kind]

    static func judge(_ subject: Subject) -> Judgement {
        judgeFilm(subject) { video, profile in
            holdEqual(.scan, of: profile, video.scan, stream: video.index) {
                "The picture is \($0); \(profile.title) wants it \($1)"
            }
        }
    }
}
