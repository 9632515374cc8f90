internal import ReelModel

/// The file, or the request that carries it, has more bytes than the destination takes.
enum FileTooLarge: Rule {
    static let page = RulePage(
        id: "file-too-large", group: .file,
        summary: "The file has more bytes than the destination takes, counting what the request adds.",
        why: "The service refuses it only after all of it has been sent. Where the limit is on the request, the form "
            + "around the file counts too, so that a file just under the limit is refused as well.",
        fix: "Compress it or trim it: reelgate fit.", depth: .header,
        examples: [
            Example("4 MB", .passes, .upload(.example(.mp4))),
            Example("all that fits into the request", .passes, .upload(.example(.mp4) { $0.bytes = 199_997_952 })),
            Example("one byte more", .fires, .upload(.example(.mp4) { $0.bytes = 199_997_953 })),
            Example("231.4 MB", .fires, .upload(.example(.mov) { $0.bytes = 231_400_000 })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.profile?.maxBytes != nil }

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile, let limit = profile.maxBytes else { return .notApplicable }
        let envelope = profile.envelopeBytes ?? 0
        let bytes = subject.facts.bytes
        if bytes <= limit.value - envelope { return .passed }
        // The file by itself where that is over, else the request, so that what is measured always exceeds the limit.
        let alone = bytes > limit.value
        let what = alone ? "The file has" : "With the form around it the upload has"
        let measured = alone ? bytes : bytes + envelope
        let finding = broken(
            limit, of: profile,
            "\(what) \(Figure.grouped(measured)) bytes; \(profile.title) takes \(Figure.grouped(limit.value))",
            measured: JSON(measured), allowed: ["max": JSON(limit.value)], unit: "bytes")
        return .found([finding])
    }
}
