internal import ReelModel

/// The file has fewer bytes than the destination takes.
enum FileTooSmall: Rule {
    static let page = RulePage(
        id: "file-too-small", group: .file, summary: "The file has fewer bytes than the destination takes.",
        why:
            "Some places take a very small file for a broken one, or for no photograph: a plain picture can compress to less.",
        fix: "Send it in a larger size or a higher quality.", depth: .header, yieldsTo: ["empty-file"],
        examples: [
            Example("4 MB", .passes, .publish(.minBytes, 10_000, .example(.jpg))),
            Example(
                "9,999 bytes where 10,000 are wanted", .fires,
                .publish(.minBytes, 10_000, .example(.jpg) { $0.bytes = 9_999 })),
        ])

    static let limits: [LimitKind] = [LimitKey.minBytes.kind]

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile else { return .notApplicable }
        return holdAtLeast(.minBytes, of: profile, .known(subject.facts.bytes)) {
            "The file has \(Figure.grouped($0)) bytes; \(profile.title) wants at least \(Figure.grouped($1))"
        }
    }
}
