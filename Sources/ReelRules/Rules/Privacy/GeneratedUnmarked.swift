internal import ReelModel

/// Generated media does not say so.
enum GeneratedUnmarked: CheckRule {
    static let page = RulePage(
        id: "generated-unmarked", group: .privacy,
        summary: "A film from a generator carries no mark that says so, as far as is looked.",
        why:
            "The EU's AI Act (Regulation 2024/1689, article 50, from 2 August 2026) asks that generated pictures, sound "
            + "and film are marked so that machines can tell, and platforms ask whoever posts them. Looked for are a C2PA "
            + "manifest and the IPTC digital source type in XMP; whether a manifest is genuine is not examined, and marks "
            + "in the picture itself are not seen.",
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

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        guard let entries = facts.metadata.value else {
            // Of what is no media nothing is asked.
            return facts.type.value.map { $0.kind == .other } == true
                ? .notApplicable : .notEvaluated(facts.metadata.reason ?? Facts.notRead)
        }
        if entries.contains(where: { $0.kind == .contentCredentials || $0.kind == .digitalSourceType }) {
            return .passed
        }
        return .found([
            found(
                check, "It carries neither content credentials nor a digital source type", measured: .array([]),
                allowed: ["anyOf": ["contentCredentials", "digitalSourceType"]])
        ])
    }
}
