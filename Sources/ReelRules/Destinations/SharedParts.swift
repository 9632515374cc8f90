internal import ReelModel

/// What profiles refer to by id: the sources that several share, and what platforms answer.
struct SharedParts: Sendable {
    var sources: [String: Profile.Source]
    var answers: [String: PlatformAnswer]

    static let none = SharedParts(sources: [:], answers: [:])

    init(sources: [String: Profile.Source], answers: [String: PlatformAnswer]) {
        self.sources = sources
        self.answers = answers
    }

    /// Reads both files.
    init(sources: ProfileTree, answers: ProfileTree) throws(Failure) {
        self.sources = try Self.sources(ProfileNode(sources, path: "", file: "sources.yaml"))
        self.answers = try Self.answers(ProfileNode(answers, path: "", file: "answers.yaml"))
        for (id, answer) in self.answers {
            guard let source = self.sources[answer.source] else { continue }
            self.answers[id]?.source = source.title + (source.url.map { ", \($0)" } ?? "")
        }
    }

    static func sources(_ node: ProfileNode) throws(Failure) -> [String: Profile.Source] {
        var sources: [String: Profile.Source] = [:]
        for (id, source) in try node.members() {
            try source.allow(["title", "url", "as_of", "tier"])
            sources[id] = Profile.Source(
                title: try source.required("title").text(), url: try source.optional("url")?.text(),
                asOf: try source.required("as_of").text(),
                tier: try source.optional("tier")?.choice(of: Profile.Source.Tier.self) ?? .official)
        }
        return sources
    }

    private static let answerKeys = [
        "platform", "code", "parent", "gist", "when", "causes", "not_the_file", "source", "confidence", "note",
    ]

    private static func answers(_ node: ProfileNode) throws(Failure) -> [String: PlatformAnswer] {
        var answers: [String: PlatformAnswer] = [:]
        for (id, answer) in try node.members() {
            try answer.allow(answerKeys)
            answers[id] = PlatformAnswer(
                id: id, platform: try answer.required("platform").text(), code: try answer.required("code").text(),
                parent: try answer.optional("parent")?.text(), gist: try answer.required("gist").text(),
                when: try answer.required("when").text(), causes: try answer.optional("causes")?.texts() ?? [],
                isNotAboutTheFile: try answer.optional("not_the_file")?.yesOrNo() ?? false,
                source: try answer.required("source").text(),
                confidence: try answer.required("confidence").choice(of: Profile.Confidence.self),
                note: try answer.optional("note")?.text())
        }
        return answers
    }
}
