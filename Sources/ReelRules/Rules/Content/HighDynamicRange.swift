internal import ReelModel

/// It is brighter than what is customary.
enum HighDynamicRange: Rule {
    static let page = RulePage(
        id: "high-dynamic-range", group: .content, summary: "The picture is HDR where SDR is customary.",
        why: "Telephones record HDR unasked. Of the usual destinations only YouTube says what it does with it; an "
            + "editor that does not know it shows washed-out or glaring colours. No refusal is confirmed.",
        fix: "Record or export in SDR (BT.709), if the colours matter.", depth: .header,
        yieldsTo: ["type-not-accepted"],
        examples: [
            Example("SDR", .passes, .alone(.example(.mp4))),
            Example("HLG, as telephones record it", .fires, .alone(film(.hlg))),
            Example("HDR10", .fires, .alone(film(.hdr10))),
            Example("a picture in PQ", .fires, .alone(.example(.png) { $0.image?.color.dynamicRange = .known(.pq) })),
            Example(
                "a film that does not say", .passes,
                .alone(.example(.mp4) { $0.editVideo { $0.color.dynamicRange = .unknown(Facts.notInHeader) } })),
        ])

    private static func film(_ range: DynamicRange) -> Facts {
        .example(.mov) { $0.editVideo { $0.color.dynamicRange = .known(range) } }
    }

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        let image = subject.facts.image
        let video = subject.facts.mainVideo
        guard let range = (image?.color ?? video?.color)?.dynamicRange.value else { return .notApplicable }
        let name: String
        switch range {
        case .sdr: return .passed
        case .pq: name = "HDR (PQ)"
        case .hdr10: name = "HDR10"
        case .hlg: name = "HDR (HLG)"
        case .dolbyVision: name = "Dolby Vision"
        }
        return .found([
            own(
                .note, "The picture is \(name)", measured: .string(range.rawValue),
                allowed: ["equal": .string(DynamicRange.sdr.rawValue)], stream: image == nil ? video?.index : nil)
        ])
    }
}
