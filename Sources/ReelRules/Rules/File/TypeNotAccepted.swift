internal import ReelModel

/// The destination does not take this type of file.
enum TypeNotAccepted: Rule {
    static let page = RulePage(
        id: "type-not-accepted", group: .file,
        summary: "The content is of a type that the destination does not take.",
        why: "A service looks at the content, whatever the name says, and refuses the upload after you have waited for "
            + "it. A playlist, script, archive or page that is named like a film is refused too, and is never followed.",
        fix: "Convert the file into an accepted type.", depth: .header, yieldsTo: ["empty-file"],
        examples: [
            Example("an MP4", .passes, .upload(.example(.mp4))),
            Example("a JPEG", .passes, .upload(.example(.jpg))),
            Example("a HEIC photograph, to be exported as jpg", .fires, .upload(.example(.heic))),
            Example("an AVIF picture, which becomes jpg", .fires, .upload(.example(.avif))),
            Example("a transport stream, which becomes mp4", .fires, .upload(.example(.ts))),
            Example("a FLAC recording, which becomes m4a", .fires, .upload(.example(.flac))),
            Example("a playlist named .mp4", .fires, .upload(.example(.playlist) { $0.fileExtension = "mp4" })),
            Example(
                "bytes that no signature fits", .fires,
                .upload(.example(.mp4) { $0.type = .unknown("no signature fits") })),
            Example(
                "an MP3 with 32 foreign bytes before it", .fires,
                .upload(.example(.mp3).with(StructureFault(.strayBytes, offset: 0, "32 bytes stand before the sound")))),
            Example("a MOV where an MP4 was promised", .fires, .delivery(.example(.mov))),
        ])

    static let limits: [LimitKind] = [LimitKey.types.kind]

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile, let limit = profile.types else { return .notApplicable }
        let allowed: JSON = ["anyOf": .array(limit.value.map(JSON.string))]
        guard let type = subject.facts.type.value else {
            let finding = broken(
                limit, of: profile, "The content is of no known type, so \(profile.title) will not take it",
                measured: nil, allowed: allowed, fix: "Send the original file, or export it again as \(limit.value[0])."
            )
            return .found([finding])
        }
        if limit.value.contains(type.id) {
            guard let before = subject.facts.bytesBefore else { return .passed }
            // Players look further; a gate looks at the first bytes, and they are no file's.
            let finding = broken(
                limit, of: profile, "\(before.detail), and by its first bytes it is of no known type", measured: nil,
                allowed: allowed, fix: fix(for: type, limit.value))
            return .found([finding])
        }
        let bearing = subject.facts.fileExtension
        let named = bearing.isEmpty || type.extensions.contains(bearing) ? "" : " named .\(bearing)"
        let finding = broken(
            limit, of: profile, "Its type is \(type.name)\(named), which \(profile.title) does not take",
            measured: .string(type.id), allowed: allowed, fix: fix(for: type, limit.value))
        return .found([finding])
    }

    /// Into what its kind becomes there.
    private static func fix(for type: FileType, _ accepted: [String]) -> Fix {
        let usual = Conversion.target(of: type, accepted: accepted)
        if let usual, !Conversion.canRead(type) {
            return "Export it as \(usual.id) from the program that made it; \(type.name) cannot be read here."
        }
        return .convert(
            to: usual,
            otherwise: type.kind == .other
                ? "Send the media itself: this is no media file."
                : "Export it again as one of \(accepted.joined(separator: ", ")).")
    }
}
