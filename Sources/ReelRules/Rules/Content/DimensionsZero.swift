internal import ReelModel

/// A picture without width or height.
enum DimensionsZero: Rule {
    static let page = RulePage(
        id: "dimensions-zero", group: .content, summary: "A picture's width or height is zero, or nowhere to be found.",
        why: "A broken export writes such headers; nothing can show the picture, and converters fail on it.",
        fix: "Export the file again.", depth: .header, yieldsTo: ["empty-file", "truncated", "type-not-accepted"],
        examples: [
            Example("1080x1920", .passes, .alone(.example(.mp4))),
            Example("0x1920", .fires, .alone(.example(.mp4) { $0.editVideo { $0.width = .known(0) } })),
            Example("an image without height", .fires, .alone(.example(.png) { $0.image?.height = .known(0) })),
            Example(
                "a PNG without the chunk that says its size", .notEvaluated,
                .alone(.example(.png) { $0.image?.width = .unknown("its first chunk is not IHDR") })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        let image = subject.facts.image
        let video = subject.facts.mainVideo
        guard let size = (image?.size ?? video?.size)?.value else {
            // A film's size may stand in its coded pictures only; an image of these types says it, or is none.
            return image?.size.reason.map(Judgement.notEvaluated) ?? .notApplicable
        }
        if size.width > 0, size.height > 0 { return .passed }
        return refused(
            "The picture is \(size)", measured: JSON(size), allowed: ["min": 1], unit: "pixels",
            stream: image == nil ? video?.index : nil)
    }
}
