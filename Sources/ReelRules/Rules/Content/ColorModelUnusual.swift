internal import ReelModel

/// A JPEG in printing colours.
enum ColorModelUnusual: Rule {
    static let page = RulePage(
        id: "color-model-unusual", group: .content,
        summary: "The JPEG is stored in the four colours of a printing press.",
        why: "Screens show red, green and blue. A picture in cyan, magenta, yellow and black has to be converted, and "
            + "whoever does that without its colour profile gets false, often inverted, colours; some programs show "
            + "nothing.",
        fix: "Export it in RGB (sRGB).", depth: .header, yieldsTo: ["type-not-accepted"],
        examples: [
            Example("an ordinary photograph", .passes, .alone(.example(.jpg))),
            Example("shades of grey", .passes, .alone(.example(.jpg) { $0.image?.colorModel = .known("gray") })),
            Example("CMYK", .fires, .alone(.example(.jpg) { $0.image?.colorModel = .known("cmyk") })),
            Example("YCCK", .fires, .alone(.example(.jpg) { $0.image?.colorModel = .known("ycck") })),
        ])

    private static let printing: Set<String> = ["cmyk", "ycck"]

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        guard subject.facts.type.value == .jpg, let image = subject.facts.image, let model = image.colorModel.value
        else { return .notApplicable }
        guard printing.contains(model) else { return .passed }
        let profile = image.colorProfile.value == false ? ", without a colour profile" : ""
        return .found([
            own(
                .changed, "Its colours are \(model.uppercased())\(profile)", measured: .string(model),
                allowed: ["anyOf": ["ycbcr", "rgb", "gray"]])
        ])
    }
}
