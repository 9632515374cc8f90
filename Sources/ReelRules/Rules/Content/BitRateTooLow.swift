internal import ReelModel

/// The picture has fewer bits a second than the destination takes.
enum BitRateTooLow: Rule {
    static let page = RulePage(
        id: "bit-rate-too-low", group: .content,
        summary: "The picture has fewer bits a second than the destination wants.",
        why: "A film with very few bits is taken for a broken one, or looks worse still once it was coded anew there.",
        fix: "Export it again with a higher quality; bits cannot be added later.", depth: .header,
        yieldsTo: ["video-missing", "wrong-medium"],
        examples: [
            Example("3 Mb/s where 192 kb/s are wanted", .passes, .publish(.minVideoBitRate, 192_000, .example(.mp4))),
            Example(
                "100 kb/s", .fires,
                .publish(.minVideoBitRate, 192_000, .example(.mp4) { $0.editVideo { $0.bitRate = .known(100_000) } })),
            Example(
                "a rate that is not known", .notEvaluated,
                .publish(
                    .minVideoBitRate, 192_000,
                    .example(.mkv) { $0.editVideo { $0.bitRate = .unknown(Facts.notInHeader) } })),
        ])

    static let limits: [LimitKind] = [LimitKey.minVideoBitRate.kind]

    static func judge(_ subject: Subject) -> Judgement {
        judgeFilm(subject) { video, profile in
            holdAtLeast(.minVideoBitRate, of: profile, subject.facts.bitRate(of: video), stream: video.index) {
                "The picture has \(BitRate.words($0)); \(profile.title) wants at least \(BitRate.words($1))"
            }
        }
    }
}
