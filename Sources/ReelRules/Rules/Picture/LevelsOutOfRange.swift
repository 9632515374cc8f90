internal import ReelModel

/// Luma goes beyond its range.
enum LevelsOutOfRange: CheckRule {
    static let share = Threshold("max_share", unit: "share", "of a frame's area, what may be below 5 or above 246")

    static let page = RulePage(
        id: "levels-out-of-range", group: .picture,
        summary: "Much of a frame is darker or brighter than video has room for.",
        why:
            "Limited range goes from 16 to 235; EBU R 103 tolerates 5 to 246, and 1 % of a frame beyond. More is a sign "
            + "of full range under the wrong tag: blacks and whites come out crushed.",
        fix: "Convert it to limited range, or tag it as full range.", depth: .frames, reads: [.levels],
        yieldsTo: ["picture-missing"],
        thresholds: [share],
        examples: [
            Example("within range", .passes, subject(0.002)),
            Example("a fifth of the frame is whiter than white", .fires, subject(0.2)),
        ])

    private static func subject(_ above: Double) -> Subject {
        .checked(
            "levels-out-of-range", [share: 0.01], severity: .note,
            .decodedExample(.mp4) {
                $0.measured?.picture?.levels = LevelExcess(
                    below: 0, above: above, frames: above > 0.01 ? 30 : 0,
                    span: above > 0.01 ? TimeRange(start: 2, end: 3) : nil)
            })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Seen.judge(facts) { _, seen in
            // Full range has nothing beyond it.
            guard let levels = seen.picture.levels else { return .notApplicable }
            let most = max(levels.below, levels.above)
            guard most > check[share], levels.frames > 0 else { return .passed }
            return .found([
                found(
                    check,
                    "Up to \(Figure.percent(most)) of a frame is beyond the range of video, in \(levels.frames) frames",
                    measured: JSON(most), allowed: ["max": JSON(check[share])], unit: "share", stream: seen.stream,
                    span: levels.span)
            ])
        }
    }
}
