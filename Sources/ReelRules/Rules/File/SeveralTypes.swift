internal import ReelModel

/// It is two files in one.
enum SeveralTypes: Rule {
    static let page = RulePage(
        id: "several-types", group: .file, summary: "The same bytes are also a file of another type.",
        why:
            "What such a file is depends on who reads it, and from which end: a picture with an archive behind it is a "
            + "picture to a viewer and an archive to an unpacker. Services refuse what they see, and that must be the "
            + "media whichever way they look. Two kinds of media in one may be taken for the wrong one, which is "
            + "unconfirmed. The short film that telephones put behind a picture is customary, and is lost.",
        fix: "Send the media by itself: export it again from the program that made it.", depth: .header,
        yieldsTo: ["empty-file", "type-not-accepted"],
        examples: [
            Example("a picture and nothing else", .passes, .upload(.example(.jpg))),
            Example("a picture with a ZIP archive behind it", .fires, .upload(also(.zip, .example(.jpg)))),
            Example("a sound that is a picture too", .fires, .upload(also(.jpg, .example(.mp3)))),
            Example(
                "a picture with the short film of a telephone behind it", .fires, .upload(also(.mp4, .example(.jpg)))),
            Example(
                "a web page that is an archive too: refused as a page", .passes,
                .upload(also(.zip, .example(.html)))),
        ])

    private static func also(_ type: FileType, _ facts: Facts) -> Facts {
        var facts = facts
        facts.otherTypes = .known([type])
        return facts
    }

    static let limits: [LimitKind] = [LimitKey.types.kind]

    static func judge(_ subject: Subject) -> Judgement {
        let facts = subject.facts
        guard let profile = subject.standard.profile, let limit = profile.types, let type = facts.type.value,
            let others = facts.otherTypes.value
        else { return .notApplicable }
        guard type.kind != .other, !others.isEmpty else { return .passed }
        // The most dangerous one is the one to name first.
        let ordered = others.filter { $0.kind == .other } + others.filter { $0.kind != .other }
        let names = ordered.map(\.name).joined(separator: ", ")
        var finding = broken(
            limit, of: profile, "It is \(type.name) and, read otherwise, also \(names)",
            measured: .array(([type] + ordered).map { .string($0.id) }), allowed: ["equal": .string(type.id)],
            fix: canBeCopied(facts, profile) ? .fit("Have the media copied alone") : page.fix)
        if isMovingPhoto(type, ordered) {
            finding.severity = .note
            finding.code = nil
            finding.message = "A short film stands behind the picture; only the picture is shown"
            finding.fix = "None is needed; send the film by itself if it is what you mean."
        } else if !hidesNoMedia(ordered) {
            finding.severity = min(finding.severity, .risk)
        }
        return .found([finding])
    }

    /// Whether there is something in it that is no media at all: an archive, a program, a page, a document.
    static func hidesNoMedia(_ others: [FileType]) -> Bool { others.contains { $0.kind == .other } }

    /// A picture followed by a film, as telephones have made them since 2016.
    private static func isMovingPhoto(_ type: FileType, _ others: [FileType]) -> Bool {
        [.jpg, .heic, .avif].contains(type) && others.allSatisfy { [.mp4, .mov].contains($0) }
    }

    private static func canBeCopied(_ facts: Facts, _ profile: Profile) -> Bool {
        switch Planner.plan(facts, profile: profile) {
        case .plan(let plan): plan.steps.contains { $0 != .rename }
        case .impossible: false
        }
    }
}
