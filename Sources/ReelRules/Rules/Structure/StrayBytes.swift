internal import ReelModel

/// There is something in the file that belongs to nothing in it.
enum StrayBytes: FaultRule {
    static let page = RulePage(
        id: "stray-bytes", group: .structure, summary: "The file has bytes that belong to no part of its structure.",
        why: "Every reader skips them, so nothing is refused for them. But they are sent too: cameras leave notes of "
            + "their own at the end, cut files the rest of what stood there before.",
        fix: "None is needed; a copy by any editing program leaves them out.", depth: .header,
        yieldsTo: ["empty-file", "truncated", "several-types", "size-impossible", "type-not-accepted"],
        examples: [
            Example("nothing after the end", .passes, .alone(.example(.jpg))),
            Example(
                "a camera's notes after the picture", .fires,
                .alone(
                    .example(.jpg).with(
                        StructureFault(
                            .strayBytes, offset: 3_990_000, bytes: 10_000, "10,000 bytes follow the end of the picture")
                    ))),
        ])

    static let kinds: Set<StructureFault.Kind> = [.strayBytes]
    static func severity(in facts: Facts) -> Severity { .note }
}
