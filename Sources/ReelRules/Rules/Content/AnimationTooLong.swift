internal import ReelModel

/// The animation has more pictures than the destination takes.
enum AnimationTooLong: Rule {
    static let page = RulePage(
        id: "animation-too-long", group: .content,
        summary: "The animation has more pictures, or more pixels in all of them, than the destination takes.",
        why: "An animation is unpacked picture by picture, and a destination that makes a film of it bounds that work.",
        fix: "Leave pictures out, or make it smaller.", depth: .header, yieldsTo: ["type-not-accepted"],
        examples: [
            Example("20 pictures where 250 are taken", .passes, .publish(.maxFrames, 250, moving(20))),
            Example("300 pictures", .fires, .publish(.maxFrames, 250, moving(300))),
            Example("300 pictures of 6 million pixels", .fires, .publish(.maxTotalPixels, 300_000_000, moving(300))),
            Example(
                "a number that is not known", .notEvaluated,
                .publish(.maxFrames, 250, .example(.gif) { $0.image?.frames = .unknown("its end was not read") })),
        ])

    static let limits: [LimitKind] = [LimitKey.maxFrames.kind, LimitKey.maxTotalPixels.kind]

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile, let image = subject.facts.image else { return .notApplicable }
        let all = image.frames.flatMap { frames in
            image.size.map { $0.pixels.saturatingMultiply(Int64(frames)) }
        }
        return .joined([
            holdAtMost(.maxFrames, of: profile, image.frames) {
                "It has \($0) pictures; \(profile.title) takes \($1)"
            },
            holdAtMost(.maxTotalPixels, of: profile, all) {
                "All its pictures have \(Figure.grouped($0)) pixels; \(profile.title) takes \(Figure.grouped($1))"
            },
        ])
    }

    private static func moving(_ frames: Int) -> Facts { .example(.gif) { $0.image?.frames = .known(frames) } }
}
