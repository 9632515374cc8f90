internal import ReelModel

/// It lasts longer than the destination takes.
enum DurationTooLong: Rule {
    static let page = RulePage(
        id: "duration-too-long", group: .content, summary: "The file lasts longer than the destination takes.",
        why: "Longer films are refused, or cut where it suits nobody.", fix: "Trim it: reelgate fit --max-duration.",
        depth: .header,
        examples: [
            Example("10 s where 60 s are taken", .passes, .delivery(.example(.mp4))),
            Example("61 s where 60 s are taken", .fires, .delivery(.example(.mp4) { $0.duration = .known(61) })),
            Example(
                "a length that is not known", .notEvaluated,
                .delivery(.example(.mp4) { $0.duration = .unknown("the index was not read") })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.profile?.maxDuration != nil }

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile, let limit = profile.maxDuration,
            subject.facts.type.value?.kind != .image
        else { return .notApplicable }
        guard let duration = subject.facts.duration.value else {
            return .notEvaluated(subject.facts.duration.reason ?? Facts.notRead)
        }
        if duration <= limit.value { return .passed }
        let finding = broken(
            limit, of: profile,
            "It lasts \(Figure.seconds(duration)); \(profile.title) takes \(Figure.seconds(limit.value))",
            measured: JSON(duration), allowed: ["max": JSON(limit.value)], unit: "seconds")
        return .found([finding])
    }
}
