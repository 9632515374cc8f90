internal import ReelModel

/// It moves, and its name promises a still.
enum AnimatedStill: Rule {
    static let page = RulePage(
        id: "animated-still", group: .content, summary: "The picture is an animation under the name of a still one.",
        why: "Most programs show only the first picture of an animated PNG, so the rest is lost without a word (PNG "
            + "Specification, third edition, 4.9: that is what readers without animation do). An animated WebP is "
            + "better known, and some services take its first picture only.",
        fix: "Send it as a GIF or as a film, if it is to move.", depth: .header, yieldsTo: ["type-not-accepted"],
        examples: [
            Example("a still PNG", .passes, .alone(.example(.png))),
            Example("an animated GIF, which promises nothing else", .passes, .alone(moving(.gif))),
            Example("an animated PNG", .fires, .alone(moving(.png))),
            Example("an animated WebP", .fires, .alone(moving(.webp))),
        ])

    private static func moving(_ type: FileType) -> Facts { .example(type) { $0.image?.frames = .known(20) } }

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        guard let type = subject.facts.type.value, [.png, .webp].contains(type),
            let frames = subject.facts.image?.frames.value
        else { return .notApplicable }
        if frames <= 1 { return .passed }
        return .found([
            own(
                type == .png ? .changed : .note, "It is an animation of \(frames) pictures", measured: JSON(frames),
                allowed: ["max": 1], unit: "pictures")
        ])
    }
}
