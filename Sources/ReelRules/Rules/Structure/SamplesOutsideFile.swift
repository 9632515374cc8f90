internal import ReelModel

/// The index leads out of the file.
enum SamplesOutsideFile: FaultRule {
    static let page = RulePage(
        id: "samples-outside-file", group: .structure,
        summary: "The index places pictures or sound where this file has no bytes.",
        why: "The file plays up to there and stops, freezes or shows grey. It was cut off and mended in its headers "
            + "only, or it is a reference movie: the media stand in another file, which an upload leaves behind.",
        fix: "Export the whole film into one file of its own, or get the complete file again.", depth: .header,
        yieldsTo: ["empty-file", "truncated"],
        examples: [
            Example("every sample lies in the file", .passes, .alone(.example(.mp4))),
            Example(
                "the last samples lie past the end", .fires,
                .alone(
                    .example(.mp4).with(
                        StructureFault(
                            .samplesOutsideFile, stream: 0, time: 9.9, "3 of 300 samples lie past the file's end")))),
            Example(
                "a file cut off, which says so itself", .passes,
                .alone(.example(.mp4) { $0.missingBytes = .known(1000) })),
        ])

    static let kinds: Set<StructureFault.Kind> = [.samplesOutsideFile]
    static func severity(in facts: Facts) -> Severity { .reject }
}
