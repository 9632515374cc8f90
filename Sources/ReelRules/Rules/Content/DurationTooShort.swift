internal import ReelModel

/// It is shorter than the destination takes.
enum DurationTooShort: Rule {
    static let page = RulePage(
        id: "duration-too-short", group: .content, summary: "The file is shorter than the destination takes.",
        why: "Shorter films are refused.", fix: "Send a longer one.", depth: .header,
        examples: [
            Example("10 s where 3 s are wanted", .passes, .delivery(.example(.mp4))),
            Example("2.9 s where 3 s are wanted", .fires, .delivery(.example(.mp4) { $0.duration = .known(2.9) })),
            Example(
                "a length that is not known", .notEvaluated,
                .delivery(.example(.mp4) { $0.duration = .unknown("the index was not read") })),
        ])

    static let limits: [LimitKind] = [LimitKey.minDuration.kind]

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile, let duration = subject.facts.playingTime else {
            return .notApplicable
        }
        return holdAtLeast(.minDuration, of: profile, duration) {
            "It lasts \(Figure.seconds($0)); \(profile.title) wants at least \(Figure.seconds($1))"
        }
    }
}
