internal import ReelModel

/// It is accepted; another type is known to go more smoothly.
enum SmootherType: Rule {
    static let page = RulePage(
        id: "smoother-type", group: .file,
        summary: "The type is accepted, and another type of the same kind is known to go more smoothly.",
        why: "The service converts what it does not like as it stands, which takes time and sometimes fails.",
        fix: "If you can choose, send the smoother type.", depth: .header, yieldsTo: ["type-not-accepted"],
        examples: [
            Example("an MP4", .passes, .upload(.example(.mp4))),
            Example("an MP3, a kind for which there is none smoother", .passes, .upload(.example(.mp3))),
            Example("an AVI", .fires, .upload(.example(.avi))),
            Example("a GIF", .fires, .upload(.example(.gif))),
        ])

    static let limits: [LimitKind] = [LimitKey.preferredTypes.kind]

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile, let limit = profile.preferredTypes,
            let type = subject.facts.type.value
        else { return .notApplicable }
        if let types = profile.types, !types.value.contains(type.id) { return .notApplicable }
        let smoother = limit.value.filter { FileType.named($0)?.kind == type.kind }
        if smoother.isEmpty { return .notApplicable }
        if smoother.contains(type.id) { return .passed }
        let finding = broken(
            limit, of: profile, "It is taken; \(smoother.joined(separator: ", ")) would go more smoothly",
            measured: .string(type.id), allowed: ["anyOf": .array(smoother.map(JSON.string))])
        return .found([finding])
    }
}
