internal import ReelModel

/// The file, or the request that carries it, has more bytes than the destination takes.
enum FileTooLarge: Rule {
    static let page = RulePage(
        id: "file-too-large", group: .file,
        summary: "The file has more bytes than the destination takes, counting what the request adds.",
        why: "The service refuses it only after all of it has been sent. Where the limit is on the request, the form "
            + "around the file counts too, so that a file just under the limit is refused as well.",
        fix: .fit("Compress it or trim it"), depth: .header,
        examples: [
            Example("4 MB", .passes, .upload(.example(.mp4))),
            Example("all that fits into the request", .passes, .upload(.example(.mp4) { $0.bytes = 199_997_952 })),
            Example("one byte more", .fires, .upload(.example(.mp4) { $0.bytes = 199_997_953 })),
            Example("231.4 MB", .fires, .upload(.example(.mov) { $0.bytes = 231_400_000 })),
        ])

    static let limits: [LimitKind] = [
        LimitKey.maxBytes.kind, LimitKey.maxPNGBytes.kind, LimitKey.maxAnimatedBytes.kind,
        LimitKey.maxVoiceBytes.kind,
    ]

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile else { return .notApplicable }
        let facts = subject.facts
        let envelope = profile.envelopeBytes ?? 0
        // The file by itself where that is over, else the request, so that what is measured always exceeds the limit.
        let request = facts.bytes.saturatingAdd(envelope)
        func whole(_ limit: Int64) -> Int64 { facts.bytes > limit ? facts.bytes : request }
        func say(_ limit: Int64) -> String {
            let what = facts.bytes > limit ? "The file has" : "With the form around it the upload has"
            return "\(what) \(Figure.grouped(whole(limit))) bytes; \(profile.title) takes \(Figure.grouped(limit))"
        }
        let isAnimated = (facts.image?.frames.value ?? 1) > 1
        if isAnimated, !profile[all: .maxAnimatedBytes].isEmpty {
            return holdAtMost(.maxAnimatedBytes, of: profile, .known(facts.bytes)) {
                "The animation has \(Figure.grouped($0)) bytes; \(profile.title) takes \(Figure.grouped($1))"
            }
        }
        var parts = [
            hold(
                .maxBytes, of: profile, .known(request), breaks: { $0 > $1 }, say: { say($1) },
                json: { (JSON(whole($1)), ["max": JSON($1)]) })
        ]
        if facts.type.value == .png {
            parts.append(
                holdAtMost(.maxPNGBytes, of: profile, .known(facts.bytes)) {
                    "The PNG has \(Figure.grouped($0)) bytes; above \(Figure.grouped($1)) it is coded anew"
                })
        }
        if facts.image == nil {
            parts.append(
                holdAtMost(.maxVoiceBytes, of: profile, .known(facts.bytes)) {
                    "The sound has \(Figure.grouped($0)) bytes; above \(Figure.grouped($1)) it is sent as a file"
                })
        }
        return .joined(parts)
    }
}
