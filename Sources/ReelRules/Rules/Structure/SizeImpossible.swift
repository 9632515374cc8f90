internal import ReelModel

/// A part of the file says that it is longer than what holds it.
enum SizeImpossible: FaultRule {
    static let page = RulePage(
        id: "size-impossible", group: .structure,
        summary: "A box, chunk or element claims more bytes, or fewer, than its place in the file allows.",
        why:
            "Readers differ in what they do then: stop, skip to the end, or go on from a guess. What plays here may be "
            + "refused there.",
        fix: "Export the file again, or copy its streams into a new file.", depth: .header,
        yieldsTo: ["empty-file", "truncated", "index-damaged", "samples-outside-file"],
        examples: [
            Example("sizes that add up", .passes, .alone(.example(.mp4))),
            Example(
                "a box that reaches past its parent", .fires,
                .alone(
                    .example(.mp4).with(
                        StructureFault(
                            .impossibleSize, offset: 4_096, "The box udta claims 900 bytes where 200 are left")))),
        ])

    static let kinds: Set<StructureFault.Kind> = [.impossibleSize]
    static func severity(in facts: Facts) -> Severity { .risk }
}
