internal import ReelModel

/// It is a picture where a film is wanted, or the other way round.
enum WrongMedium: Rule {
    static let page = RulePage(
        id: "wrong-medium", group: .file, summary: "The file is of another kind than the destination is for.",
        why:
            "A place for films answers a picture as it answers any other file that it cannot use, and a place for pictures a film.",
        fix: "Send it to the place for its kind.", depth: .header, yieldsTo: ["empty-file", "type-not-accepted"],
        examples: [
            Example("a film where films go", .passes, .publish(.maxBytes, 10_000_000, medium: .video, .example(.mp4))),
            Example(
                "a picture where films go", .fires, .publish(.maxBytes, 10_000_000, medium: .video, .example(.jpg))),
            Example("a film where GIFs go", .fires, .publish(.maxBytes, 10_000_000, medium: .gif, .example(.mp4))),
            Example(
                "bytes that no signature fits", .notEvaluated,
                .publish(
                    .maxBytes, 10_000_000, medium: .video, .example(.mp4) { $0.type = .unknown("no signature fits") })),
        ])

    static let limits: [LimitKind] = []

    static func applies(to standard: Standard) -> Bool {
        guard let profile = standard.profile else { return false }
        // Where types are listed, they say it.
        return profile.medium != .any && profile.types == nil
    }

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile else { return .notApplicable }
        guard let type = subject.facts.type.value else {
            return .notEvaluated(subject.facts.type.reason ?? Facts.notRead)
        }
        let fits: Bool
        switch profile.medium {
        case .any: return .notApplicable
        // A place for films judges by their streams, not by what their container is called.
        case .video: fits = type.kind == .video || type.kind == .audio && subject.facts.mainVideo != nil
        case .audio: fits = type.kind == .audio || type.kind == .video
        case .image: fits = type.kind == .image
        case .gif: fits = type == .gif
        }
        if fits { return .passed }
        var finding = own(
            .reject, "It is \(type.name); \(profile.title) takes \(wanted(profile.medium))",
            measured: .string(type.kind.rawValue),
            allowed: ["equal": .string(profile.medium.rawValue)])
        finding.profile = profile.name
        finding.source = profile.surface ?? profile.title
        finding.asOf = profile.asOf
        return .found([finding])
    }

    private static func wanted(_ medium: Profile.Medium) -> String {
        switch medium {
        case .video: "films"
        case .image: "pictures"
        case .gif: "GIFs"
        case .audio: "sound"
        case .any: "anything"
        }
    }
}
