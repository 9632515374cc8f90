internal import ReelModel

/// There is more than one picture in the file, and the destination wants one.
enum MultiPicture: Rule {
    static let page = RulePage(
        id: "multi-picture", group: .content,
        summary: "The file holds several pictures where the destination takes a file of one.",
        why:
            "Stereo cameras and telephones write MPO, a JPEG with further pictures behind the first (CIPA DC-007). Instagram rules"
            + "it out by name.",
        fix: .fit("Save the picture alone as JPEG"), depth: .header, yieldsTo: ["type-not-accepted"],
        examples: [
            Example("one picture", .passes, .publish(.singlePicture, true, .example(.jpg))),
            Example(
                "both halves of a stereo picture", .fires,
                .publish(.singlePicture, true, .example(.jpg) { $0.image?.furtherPictures = .known(1) })),
            Example(
                "a picture that was not read to its end", .notEvaluated,
                .publish(
                    .singlePicture, true,
                    .example(.jpg) { $0.image?.furtherPictures = .unknown("its end was not read") })),
        ])

    static let limits: [LimitKind] = [LimitKey.singlePicture.kind]

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile, let image = subject.facts.image else { return .notApplicable }
        return hold(
            .singlePicture, of: profile, image.furtherPictures, breaks: { $0 > 0 && $1 },
            say: { count, _ in "It holds \(count) further picture\(count == 1 ? "" : "s")" },
            json: { count, _ in (JSON(count), ["max": 0]) })
    }
}
