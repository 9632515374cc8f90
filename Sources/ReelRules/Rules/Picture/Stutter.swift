internal import ReelModel

/// Frames are shown twice where the picture moves.
enum Stutter: CheckRule {
    static let most = Threshold("max_count", unit: "frames", "so many repeated frames are let pass")
    static let share = Threshold(
        "max_share", unit: "share", "of the moving frames, where more than this are repeated the film was made so")

    static let page = RulePage(
        id: "stutter", group: .picture, summary: "Frames are shown again, out of step, while the picture moves.",
        why: "The motion halts for a moment: a frame was lost on the way and another put in its place. A film of 24 "
            + "pictures in 30 frames repeats every fifth, evenly, and that is its cadence, unless the picture then goes twice as "
            + "far: a frame is missing there.",
        fix: "Render it again, at the frame rate of its sources.", depth: .frames, reads: [.cadence],
        yieldsTo: ["picture-missing", "frozen-inside"], thresholds: [most, share],
        examples: [
            Example("every frame is new", .passes, subject(Cadence(moving: 300))),
            Example("film in video", .passes, subject(Cadence(moving: 240, repeats: 60, period: 5))),
            Example(
                "two repeated frames", .fires,
                subject(Cadence(moving: 290, repeats: 2, irregular: 2, irregularTimes: [3.1, 7.4]))),
            Example(
                "an animation with a rhythm of its own", .passes,
                subject(Cadence(moving: 150, repeats: 90, irregular: 90))),
        ])

    private static func subject(_ cadence: Cadence) -> Subject {
        .checked(
            "stutter", [most: 0, share: 0.1], severity: .risk,
            .decodedExample(.mp4) { $0.measured?.picture?.cadence = cadence })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Seen.judge(facts) { _, seen in
            let cadence = seen.picture.cadence
            guard Double(cadence.irregular) > check[most],
                Double(cadence.irregular) <= check[share] * Double(cadence.moving)
            else { return .passed }
            let words = cadence.irregular == 1 ? "1 frame is" : "\(cadence.irregular) frames are"
            return .found([
                found(
                    check, "\(words) shown again while the picture moves", measured: JSON(cadence.irregular),
                    allowed: ["max": JSON(check[most])], unit: "frames", stream: seen.stream,
                    span: cadence.irregularTimes.first.map { TimeRange(start: $0, end: $0) })
            ])
        }
    }
}
