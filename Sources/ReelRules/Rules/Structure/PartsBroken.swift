internal import ReelModel

/// The chain of its parts is broken somewhere.
enum PartsBroken: FaultRule {
    static let page = RulePage(
        id: "parts-broken", group: .structure,
        summary:
            "The file's parts do not follow each other as its format says: something between them was lost or changed.",
        why: "Segments, chunks and frames each say where the next one begins. Where that leads nowhere, readers look "
            + "for something that seems to be the next one: the same file is whole to one program and broken to another.",
        fix: "Get the file again, or export it again from its source.", depth: .header,
        yieldsTo: [
            "empty-file", "truncated", "index-damaged", "samples-outside-file", "size-impossible", "broken-framing",
            "zeroed-range",
        ],
        examples: [
            Example("parts that follow each other", .passes, .alone(.example(.jpg))),
            Example(
                "a JPEG with foreign bytes between its segments", .fires,
                .alone(
                    .example(.jpg).with(StructureFault(.brokenFraming, offset: 613, "Bytes stand between the segments"))
                )),
            Example(
                "an MP3 with a hole of zeros", .fires,
                .alone(
                    .example(.mp3).with(
                        StructureFault(.zeroedRange, offset: 40_000, bytes: 4096, "4,096 bytes of the sound are zero")))
            ),
        ])

    static let kinds: Set<StructureFault.Kind> = [.brokenFraming, .zeroedRange]
    static func severity(in facts: Facts) -> Severity { .risk }
}
