internal import ReelModel

/// Generated media does not say so.
enum GeneratedUnmarked: CheckRule {
    static let page = RulePage(
        id: "generated-unmarked", group: .privacy,
        summary: "A film from a generator carries no mark that says so, as far as is looked.",
        why:
            "The EU's AI Act (Regulation 2024/1689, article 50, from 2 August 2026) asks that generated pictures, sound "
            + "and film are marked so that machines can tell, and platforms ask whoever posts them. Looked for are a C2PA "
            + "manifest and the IPTC digital source type in XMP, where it is one of generated media; whether a manifest is "
            + "genuine is not examined, and marks in the picture itself are not seen.",
        fix: "Sign it with content credentials, or write Iptc4xmpExt:DigitalSourceType, before it is published.",
        depth: .header,
        examples: [
            Example(
                "content credentials", .passes,
                subject([MetadataEntry(.contentCredentials, key: "c2pa", value: "urn:c2pa:1")])),
            Example(
                "a digital source type", .passes,
                subject([
                    MetadataEntry(
                        .digitalSourceType, key: "DigitalSourceType",
                        value: "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia")
                ])),
            Example(
                "a digital source type that says a camera took it", .fires,
                subject([
                    MetadataEntry(
                        .digitalSourceType, key: "DigitalSourceType",
                        value: "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture")
                ])),
            Example("nothing", .fires, subject([])),
            Example(
                "only the program that wrote it", .fires,
                subject([MetadataEntry(.software, key: "©too", value: "Lavf")])),
            Example(
                "metadata that was not read", .notEvaluated,
                .checked(
                    "generated-unmarked", severity: .note, .example(.mp4) { $0.metadata = .unknown(Facts.notRead) })),
        ])

    private static func subject(_ entries: [MetadataEntry]) -> Subject {
        .checked("generated-unmarked", severity: .note, .example(.mp4) { $0.metadata = .known(entries) })
    }

    /// The concepts of IPTC NewsCodes, scheme "Digital Source Type" (http://cv.iptc.org/newscodes/digitalsourcetype/),
    /// that say that media, or a part of it, was generated: by a trained model, by an algorithm alone, put into what was
    /// captured, or one element of a composite.
    private static let generated: Set = [
        "trainedAlgorithmicMedia", "algorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "compositeSynthetic",
    ]

    /// Whether a source type, as an address or as a code with its scheme, is one of generated media.
    private static func saysGenerated(_ type: String) -> Bool {
        let concept = type.split { "/:# ".contains($0) }.last.map(String.init) ?? ""
        return generated.contains(concept)
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        guard let entries = facts.metadata.value else {
            // Of what is no media nothing is asked.
            return facts.type.value.map { $0.kind == .other } == true
                ? .notApplicable : .notEvaluated(facts.metadata.reason ?? Facts.notRead)
        }
        let types = entries.filter { $0.kind == .digitalSourceType }.map(\.value)
        if entries.contains(where: { $0.kind == .contentCredentials }) || types.contains(where: saysGenerated) {
            return .passed
        }
        let message =
            types.isEmpty
            ? "It carries neither content credentials nor a digital source type"
            : "It carries no content credentials, and its digital source type does not say that it was generated"
        return .found([
            found(
                check, message, measured: .array(types.map { .string($0) }),
                allowed: ["anyOf": ["contentCredentials", "digitalSourceType"]])
        ])
    }
}
