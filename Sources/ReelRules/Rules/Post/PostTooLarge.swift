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
                "behind one that cannot be read", .notEvaluated,
                .post(.maxRequestBytes, 25_000_000, [nil, .example(.jpg)], at: 1)),
            Example(
                "the one before it", .passes, .post(.maxRequestBytes, 7_000_000, [.example(.jpg), .example(.jpg)])),
        ])

    static let limits: [LimitKind] = [LimitKey.maxRequestBytes.kind]

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile, let post = subject.post else { return .notApplicable }
        let files = post.files.prefix(post.index + 1)
        let soFar = files.reduce(Int64(0)) { $0.saturatingAdd($1?.bytes ?? 0) }
        // What is not known only adds to it: too much already is too much.
        let isKnown = !files.contains { $0 == nil } || profile[all: .maxRequestBytes].contains { soFar > $0.value }
        let sum = Known(isKnown ? soFar : nil, else: "another file of the post could not be read")
        return holdAtMost(.maxRequestBytes, of: profile, sum) {
            "With it the post has \(Figure.grouped($0)) bytes; \(profile.title) takes \(Figure.grouped($1)) together"
        }
    }
}
