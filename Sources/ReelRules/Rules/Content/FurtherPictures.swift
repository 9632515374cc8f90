internal import ReelModel

/// There is more in it than the one picture that is shown.
enum FurtherPictures: Rule {
    static let page = RulePage(
        id: "further-pictures", group: .content,
        summary: "The file holds further pictures beside the one that is shown.",
        why: "Stereo cameras, bursts and telephones put several pictures into one file (CIPA DC-007, the multi-picture "
            + "format; HEIF). What is shown is the first; the others are sent along and are lost.",
        fix: "None is needed; export the others by themselves if you mean them.", depth: .header,
        yieldsTo: ["type-not-accepted"],
        examples: [
            Example("one picture", .passes, .alone(.example(.jpg))),
            Example(
                "both halves of a stereo picture", .fires,
                .alone(.example(.jpg) { $0.image?.furtherPictures = .known(1) })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        guard let further = subject.facts.image?.furtherPictures.value else { return .notApplicable }
        if further == 0 { return .passed }
        return .found([
            own(
                .note, "It holds \(further) further picture\(further == 1 ? "" : "s")", measured: JSON(further),
                allowed: ["max": 0], unit: "pictures")
        ])
    }
}
