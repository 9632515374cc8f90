internal import ReelModel

/// The post has too many files, or too few.
enum PostCount: Rule {
    static let page = RulePage(
        id: "post-count", group: .post,
        summary: "The post has more files than the destination takes together, or fewer.",
        why: "A carousel of one picture is none, and what is over the limit sinks all of it, or is cut off.",
        fix: "Split the post, or add to it.", depth: .header,
        examples: [
            Example("two where two are the least", .passes, .post(.minItems, 2, [.example(.jpg), .example(.jpg)])),
            Example("one where two are the least", .fires, .post(.minItems, 2, [.example(.jpg)])),
            Example(
                "the third of two", .fires,
                .post(.maxItems, 2, [.example(.jpg), .example(.jpg), .example(.jpg)], at: 2)),
            Example(
                "the third of two, behind one that cannot be read", .fires,
                .post(.maxItems, 2, [.example(.jpg), nil, .example(.jpg)], at: 2)),
            Example("a file by itself, of which no post was made", .passes, .publish(.minItems, 2, .example(.jpg))),
        ])

    static let limits: [LimitKind] = [LimitKey.minItems.kind, LimitKey.maxItems.kind]

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile, let post = subject.post else { return .notApplicable }
        // Too few is said of the first one that could be read, too many of each that is over.
        let count = post.files.count
        return .joined([
            post.files.prefix(post.index).contains { $0 != nil }
                ? .passed
                : holdAtLeast(.minItems, of: profile, .known(count)) {
                    "The post has \($0) file\($0 == 1 ? "" : "s"); \(profile.title) wants at least \($1)"
                },
            hold(
                .maxItems, of: profile, .known(count), breaks: { $0 > $1 && post.index >= $1 },
                say: { "It is number \(post.index + 1) of \($0) files; \(profile.title) takes \($1)" },
                json: { (JSON($0), ["max": JSON($1)]) }),
        ])
    }
}
