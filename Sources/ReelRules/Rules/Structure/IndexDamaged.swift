internal import ReelModel

/// The index is there and cannot be followed, or is there twice.
enum IndexDamaged: FaultRule {
    static let page = RulePage(
        id: "index-damaged", group: .structure,
        summary: "The file's index cannot be followed, or there is a second one.",
        why: "The index says where each picture and each block of sound stands, and when it is shown. In MP4 and MOV "
            + "there is no other way to find them (ISO/IEC 14496-12, 8.7), so a damaged one loses the film, and of two "
            + "indexes each reader believes another. Matroska and AVI can be read without theirs: only seeking fails.",
        fix: "Export the file again; players that show it all the same are guessing.", depth: .header,
        yieldsTo: ["empty-file", "truncated"],
        examples: [
            Example("an index that can be followed", .passes, .alone(.example(.mp4))),
            Example(
                "an MP4 whose chunks hold no sample", .fires,
                .alone(
                    .example(.mp4).with(
                        StructureFault(.brokenIndex, stream: 0, "300 samples are promised and no chunk holds one")))),
            Example(
                "two indexes", .fires,
                .alone(.example(.mp4).with(StructureFault(.secondIndex, offset: 3_990_000, "There is a second index")))),
            Example(
                "a Matroska file whose cues lead nowhere", .fires,
                .alone(.example(.mkv).with(StructureFault(.brokenIndex, "A cue point leads to no cluster")))),
        ])

    static let kinds: Set<StructureFault.Kind> = [.brokenIndex, .secondIndex]

    static func severity(in facts: Facts) -> Severity {
        let broken = facts.structureFaults.value?.contains { $0.kind == .brokenIndex } == true
        return broken && facts.isISOBMFF ? .reject : .risk
    }
}
