internal import ReelModel

/// The file's own checksum says that its bytes were changed.
enum ChecksumWrong: FaultRule {
    static let page = RulePage(
        id: "checksum-wrong", group: .structure, summary: "A checksum that the file carries does not fit its bytes.",
        why: "The bytes were changed after they were written: by a faulty disk or transfer, or by a program that edits "
            + "without caring. libpng, which most programs read PNG with, gives up at the first such chunk of the "
            + "picture itself; other readers show what is left.",
        fix: "Get the file again, or export it again from its source.", depth: .header,
        yieldsTo: ["empty-file", "truncated"],
        examples: [
            Example("checksums that fit", .passes, .alone(.example(.png))),
            Example(
                "a chunk of picture data whose checksum is wrong", .fires,
                .alone(
                    .example(.png).with(
                        StructureFault(.checksum, offset: 33, "The checksum of the chunk IDAT does not fit it")))),
        ])

    static let kinds: Set<StructureFault.Kind> = [.checksum]
    static func severity(in facts: Facts) -> Severity { .risk }
}
