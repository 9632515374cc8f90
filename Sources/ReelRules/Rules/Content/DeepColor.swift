internal import ReelModel

/// It has more bits than anybody keeps.
enum DeepColor: Rule {
    static let page = RulePage(
        id: "deep-color", group: .content, summary: "The picture has more than 8 bits a sample.",
        why: "Destinations keep 8. A still picture of 16 bits is only larger for it; a film of 10 bits needs a decoder "
            + "that not every telephone has.",
        fix: "Export it with 8 bits a sample, if it has to play everywhere.", depth: .header,
        yieldsTo: ["type-not-accepted", "high-dynamic-range", "pixel-format-rare"],
        examples: [
            Example("8 bits", .passes, .alone(.example(.png))),
            Example("a PNG of 16 bits", .fires, .alone(.example(.png) { $0.image?.bitDepth = .known(16) })),
            Example("a film of 10 bits", .fires, .alone(.example(.mp4) { $0.editVideo { $0.bitDepth = .known(10) } })),
            Example("shades of grey in 1 bit", .passes, .alone(.example(.png) { $0.image?.bitDepth = .known(1) })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        let image = subject.facts.image
        let video = subject.facts.mainVideo
        guard let depth = (image?.bitDepth ?? video?.bitDepth)?.value else { return .notApplicable }
        if depth <= 8 { return .passed }
        return .found([
            own(
                .note, "The picture has \(depth) bits a sample", measured: JSON(depth), allowed: ["max": 8],
                unit: "bits", stream: image == nil ? video?.index : nil)
        ])
    }
}
