internal import ReelModel

/// The files of a post have more bytes together than the destination takes.
enum PostTooLarge: Rule {
    static let page = RulePage(
        id: "post-too-large", group: .post,
        summary: "The files of a post have more bytes together than the destination takes.",
        why: "Each file is under its own limit, and the request that carries them all is not.",
        fix: "Split the post, or compress its files.", depth: .header,
        examples: [
            Example(
                "8 MB where 25 are taken", .passes,
                .post(.maxRequestBytes, 25_000_000, [.example(.jpg), .example(.jpg)], at: 1)),
            Example(
                "the file that goes over", .fires,
                .post(.maxRequestBytes, 7_000_000, [.example(.jpg), .example(.jpg)], at: 1)),
            Example(
                "the one before it", .passes, .post(.maxRequestBytes, 7_000_000, [.example(.jpg), .example(.jpg)])),
        ])

    static var limits: [LimitKind] { [LimitKey.maxRequestBytes.kind] }

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile, let post = subject.post else { return .notApplicable }
        let soFar = post.files.prefix(post.index + 1).reduce(Int64(0)) {
            $0.addingReportingOverflow($1.bytes).partialValue
        }
        return holdAtMost(.maxRequestBytes, of: profile, .known(soFar)) {
            "With it the post has \(Figure.grouped($0)) bytes; \(profile.title) takes \(Figure.grouped($1)) together"
        }
    }
}
