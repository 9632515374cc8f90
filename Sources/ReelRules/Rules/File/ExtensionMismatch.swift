internal import ReelModel

/// The name's extension is missing, unknown to the destination, or another type's.
enum ExtensionMismatch: Rule {
    static let page = RulePage(
        id: "extension-mismatch", group: .file,
        summary: "The name's extension is missing, or is not one of the content's own that the destination knows.",
        why: "A service judges by the name as well as by the content: a film without an extension, or named as another "
            + "type, is answered like an unsupported one. Capital letters do not matter.",
        fix: "Give the name the extension of the content.", depth: .header,
        yieldsTo: ["empty-file", "type-not-accepted"],
        examples: [
            Example("clip.mp4 that is an MP4", .passes, .upload(.example(.mp4))),
            Example("photo.jpeg", .passes, .upload(.example(.jpg) { $0.fileExtension = "jpeg" })),
            Example("sound.mp4 that is an M4A", .passes, .upload(.example(.m4a) { $0.fileExtension = "mp4" })),
            Example("an MKV named .mp4", .fires, .upload(.example(.mkv) { $0.fileExtension = "mp4" })),
            Example("an MP4 without an extension", .fires, .upload(.example(.mp4) { $0.fileExtension = "" })),
            Example(
                "photo.jfif, honest but unknown there", .fires, .upload(.example(.jpg) { $0.fileExtension = "jfif" })),
            Example("a MOV named .mp4", .fires, .upload(.example(.mov) { $0.fileExtension = "mp4" })),
        ])

    static let limits: [LimitKind] = [LimitKey.extensions.kind, LimitKey.types.kind]

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile, let limit = profile.extensions ?? profile.types,
            let type = subject.facts.type.value
        else { return .notApplicable }
        if let types = profile.types, !types.value.contains(type.id) { return .notApplicable }
        let honest = extensions(of: type, for: profile)
        let bearing = subject.facts.fileExtension
        if honest.contains(bearing) || honest.isEmpty { return .passed }
        let found = bearing.isEmpty ? "The name has no extension" : "The name ends in .\(bearing)"
        var finding = broken(
            limit, of: profile, "\(found), and the content is \(type.name)", measured: .string(bearing),
            allowed: ["anyOf": .array(honest.map(JSON.string))], fix: "Rename it to .\(honest[0]).")
        // A place of publication looks at the content; only where it speaks of names they matter.
        if profile.use == .publish, profile.extensions == nil {
            finding.severity = .note
            finding.code = nil
            finding.answer = nil
        }
        return .found([finding])
    }

    /// The extensions that a file of this type may bear there, the best first.
    static func extensions(of type: FileType, for profile: Profile) -> [String] {
        guard let known = profile.extensions?.value else { return type.extensions }
        return type.extensions.filter { known.contains($0) }
    }
}
