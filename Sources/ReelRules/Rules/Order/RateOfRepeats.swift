internal import ReelModel

/// The frame rate is the one that was ordered, and its frames repeat pictures of a lower one.
enum RateOfRepeats: Rule {
    static let page = RulePage(
        id: "rate-of-repeats", group: .order,
        summary: "The ordered frame rate is made of repeats: there are fewer pictures.",
        why:
            "Whoever orders 60 frames a second orders motion that is so smooth. A renderer that makes 30 pictures and shows each "
            + "twice delivers the number, and not the motion. Its sources may have no more than that, and animation is drawn "
            + "on twos: so it is a risk, and no refusal.",
        fix: "Render it from sources of that rate, or order the rate that they have.", depth: .frames,
        reads: [.cadence],
        yieldsTo: ["video-missing", "picture-missing", "frame-rate-mismatch"],
        examples: [
            Example("60 pictures a second where 60 were ordered", .passes, ordered([], 0)),
            Example("30 pictures a second in 60 frames", .fires, ordered([whole], 1)),
            Example(
                "half of the film is from a clip of 30", .passes,
                ordered([SteadyRepeats(span: TimeRange(start: 0, end: 5), pattern: [2], pictureRate: 30)], 0.5)),
            Example("nothing was decoded", .notEvaluated, .ordered(order, .example(.mp4) { $0.depth = .frames })),
        ])

    private static let order = Expectation(frameRate: 60)
    private static let whole = SteadyRepeats(span: TimeRange(start: 0, end: 10), pattern: [2], pictureRate: 30)

    private static func ordered(_ steady: [SteadyRepeats], _ share: Double) -> Subject {
        .ordered(
            order,
            .decodedExample(.mp4) {
                $0.measured?.picture?.cadence = Cadence(moving: 300, steady: steady, steadyShare: share)
            })
    }

    /// Of the frames that tell it: a film is cut of clips, and some of them may have a lower rate.
    private static let share = 0.9
    /// Frames a second are told by the times of the frames.
    private static let rounding = 0.01

    static func applies(to standard: Standard) -> Bool { standard.order?.frameRate != nil }

    static func gravity(against _: Standard) -> Severity { .risk }

    static func judge(_ subject: Subject) -> Judgement {
        guard let asked = subject.standard.order?.frameRate else { return .notApplicable }
        return Seen.judge(subject.facts) { _, seen in
            let cadence = seen.picture.cadence
            // Where nothing moves, no repeat can be seen.
            guard let steady = cadence.steadyShare else { return .notApplicable }
            guard steady >= share,
                let longest = cadence.steady.max(by: { $0.span.duration < $1.span.duration }),
                abs(longest.frameRate - asked) <= rounding * asked
            else { return .passed }
            return .found([
                own(
                    .risk,
                    "\(Figure.decimal(asked, places: 3)) frames a second were ordered, and only \(longest.pictures) pictures a "
                        + "second are different: \(longest.words)",
                    measured: JSON(longest.pictureRate), allowed: ["equal": JSON(asked)], unit: "pictures a second",
                    stream: seen.stream, span: longest.span)
            ])
        }
    }
}
