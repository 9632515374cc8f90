internal import ReelModel

/// A film that is delivered tells of the people and places behind its sources.
enum MetadataLeft: CheckRule {
    static let page = RulePage(
        id: "metadata-left", group: .privacy,
        summary: "A delivered film carries the place, the person or the device of one of its sources.",
        why: "A renderer that copies metadata from an upload hands on where it was taken and by whom, to everybody who "
            + "gets the film. A rendered film was made nowhere and by no camera: such entries are left over.",
        fix: "Remux it without its metadata before it is published.", depth: .header,
        examples: [
            Example(
                "only when it was made", .passes, subject(MetadataEntry(.time, key: "creation_time", value: "2026"))),
            Example(
                "the position of a telephone", .fires,
                subject(MetadataEntry(.place, key: "©xyz", value: "48.2082, 16.3738"))),
            Example(
                "a telephone", .fires,
                subject(MetadataEntry(.device, key: "com.apple.quicktime.model", value: "Telephone"))),
            Example(
                "metadata that was not read", .notEvaluated,
                .checked("metadata-left", severity: .risk, .example(.mp4) { $0.metadata = .unknown(Facts.notRead) })),
        ])

    private static func subject(_ entry: MetadataEntry) -> Subject {
        .checked("metadata-left", severity: .risk, .example(.mp4) { $0.metadata = .known([entry]) })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        guard let entries = facts.metadata.value else {
            return facts.type.value.map { $0.kind == .other } == true
                ? .notApplicable : .notEvaluated(facts.metadata.reason ?? Facts.notRead)
        }
        let leftover = entries.filter(\.isPrivate)
        guard let first = leftover.first else { return .passed }
        let more = leftover.count > 1 ? ", and \(leftover.count - 1) more" : ""
        return .found([
            found(
                check, "It still says \(first.key): \(first.value)\(more)",
                measured: .array(leftover.map { ["key": .string($0.key), "value": .string($0.value)] }),
                allowed: ["max": 0], unit: "entries")
        ])
    }
}
