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

    static func applies(to standard: Standard) -> Bool { standard.profile?.minDuration != nil }

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile, let limit = profile.minDuration,
            subject.facts.type.value?.kind != .image
        else { return .notApplicable }
        guard let duration = subject.facts.duration.value else {
            return .notEvaluated(subject.facts.duration.reason ?? Facts.notRead)
        }
        if duration >= limit.value { return .passed }
        let finding = broken(
            limit, of: profile,
            "It lasts \(Figure.seconds(duration)); \(profile.title) wants at least \(Figure.seconds(limit.value))",
            measured: JSON(duration), allowed: ["min": JSON(limit.value)], unit: "seconds")
        return .found([finding])
    }
}
