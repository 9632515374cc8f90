internal import ReelModel

/// Its sound comes before its picture.
enum VideoNotFirst: Rule {
    static let page = RulePage(
        id: "video-not-first", group: .content, summary: "The first stream of the file is not the picture.",
        why: "The order of streams means nothing, and still a film whose sound came first was answered"
            + "file_format_check_failed, where the same film with its picture first was taken.",
        fix: .fit("Have the streams put in order, nothing is encoded"), depth: .header,
        yieldsTo: ["video-missing", "wrong-medium"],
        examples: [
            Example("picture, then sound", .passes, .publish(.videoFirst, true, .example(.mp4))),
            Example(
                "sound, then picture", .fires,
                .publish(
                    .videoFirst, true,
                    .example(.mp4) {
                        $0.editVideo { $0.index = 1 }
                        $0.editAudio { $0.index = 0 }
                    })),
            Example(
                "streams that were not read", .notEvaluated,
                .publish(.videoFirst, true, .example(.mp4) { $0.audio = .unknown("the index was not read") })),
        ])

    static let limits: [LimitKind] = [LimitKey.videoFirst.kind]

    static func judge(_ subject: Subject) -> Judgement {
        judgeFilm(subject) { video, profile in
            hold(
                .videoFirst, of: profile, subject.facts.audio, stream: video.index,
                breaks: { sounds, wanted in wanted && sounds.contains { $0.index < video.index } },
                say: { _, _ in "Its sound comes before its picture" }, json: { _, _ in ("sound", ["equal": "picture"]) }
            )
        }
    }
}
