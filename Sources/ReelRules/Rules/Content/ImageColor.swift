internal import ReelModel

/// The colours of the picture are of another kind than the destination takes.
enum ImageColor: Rule {
    static let page = RulePage(
        id: "image-color", group: .content,
        summary: "The picture has more bits, another colour model, or another colour space than the destination takes.",
        why:
            "Pictures for print are CMYK, and browsers and services want RGB. What is not in sRGB is converted, which can change"
            + "its colours. Which colour space an embedded profile means is not read here.",
        fix: "Export it as RGB of 8 bits in sRGB.", depth: .header, yieldsTo: ["type-not-accepted"],
        examples: [
            Example("8 bits", .passes, .publish(.bitDepth, 8, .example(.png))),
            Example(
                "16 bits where 8 are taken", .fires,
                .publish(.bitDepth, 8, .example(.png) { $0.image?.bitDepth = .known(16) })),
            Example(
                "a JPEG, which is RGB to whoever shows it", .passes,
                .publish(.colorModels, ["rgb", "rgba"], .example(.jpg))),
            Example(
                "CMYK where RGB is taken", .fires,
                .publish(.colorModels, ["rgb", "rgba"], .example(.jpg) { $0.image?.colorModel = .known("cmyk") })),
            Example(
                "no profile, which means sRGB", .passes,
                .publish(.colorSpace, "srgb", strength: .recommended, effect: .converted, .example(.jpg))),
            Example(
                "CMYK where sRGB is shown", .fires,
                .publish(
                    .colorSpace, "srgb", strength: .recommended, effect: .converted,
                    .example(.jpg) { $0.image?.colorModel = .known("cmyk") })),
            Example(
                "an embedded profile", .notEvaluated,
                .publish(
                    .colorSpace, "srgb", strength: .recommended, effect: .converted,
                    .example(.jpg) { $0.image?.colorProfile = .known(true) })),
        ])

    static let limits: [LimitKind] = [LimitKey.bitDepth.kind, LimitKey.colorModels.kind, LimitKey.colorSpace.kind]

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile, let image = subject.facts.image else { return .notApplicable }
        return .joined([
            holdAtMost(.bitDepth, of: profile, image.bitDepth) {
                "The picture has \($0) bits a sample; \(profile.title) takes \($1)"
            },
            hold(
                .colorModels, of: profile, image.colorModel, breaks: { !isAmong($0, image.alpha.value ?? false, $1) },
                say: { "The picture is \($0); \(profile.title) takes \($1.joined(separator: ", "))" },
                json: { (.string($0), ["anyOf": .array($1.map(JSON.string))]) }),
            holdEqual(.colorSpace, of: profile, space(image)) {
                "The picture is \($0); \(profile.title) shows \($1)"
            },
        ])
    }

    /// Whether a model is one of those: what is shown as RGB is RGB, grey and the coding of JPEG too.
    private static func isAmong(_ model: String, _ alpha: Bool, _ allowed: [String]) -> Bool {
        switch model {
        case "rgb", "ycbcr", "gray", "palette": allowed.contains(alpha ? "rgba" : "rgb") || allowed.contains(model)
        case let other: allowed.contains(other)
        }
    }

    private static func space(_ image: ImageFacts) -> Known<String> {
        if let model = image.colorModel.value, ["cmyk", "ycck", "lab"].contains(model) { return .known(model) }
        return image.colorProfile.flatMap {
            $0 ? .unknown("which colour space its profile means is not read") : .known("srgb")
        }
    }
}
