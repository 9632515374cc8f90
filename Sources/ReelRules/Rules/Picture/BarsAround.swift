internal import ReelModel

/// Black bars stand at the edges all along.
enum BarsAround: CheckRule {
    static let share = Threshold(
        "min_share", unit: "share", "bars that take this much of the height, or of the width, together are found")

    static let page = RulePage(
        id: "bars-around", group: .picture, summary: "Black bars stand above and below the picture, or beside it.",
        why: "The picture was fitted into a frame of another shape. On a phone it is small, and platforms that crop or "
            + "add bars of their own make it smaller.",
        fix: "Render it for the shape of its destination, or crop the bars away.", depth: .frames, reads: [.bars],
        yieldsTo: ["black-inside", "picture-missing"], thresholds: [share],
        examples: [
            Example("the whole frame is picture", .passes, subject(PictureBars(top: 0, bottom: 0, left: 0, right: 0))),
            Example(
                "a wide film in a tall frame", .fires, subject(PictureBars(top: 656, bottom: 656, left: 0, right: 0))),
            Example("a dark edge at one side", .passes, subject(PictureBars(top: 0, bottom: 64, left: 0, right: 0))),
            Example("pictures of several sizes", .notEvaluated, subject(.unknown("the size of the picture changes"))),
        ])

    private static func subject(_ bars: PictureBars) -> Subject { subject(.known(bars)) }
    private static func subject(_ bars: Known<PictureBars>) -> Subject {
        .checked("bars-around", [share: 0.02], .decodedExample(.mp4) { $0.measured?.picture?.bars = bars })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Seen.judge(facts) { measured, seen in
            let bars: PictureBars
            switch seen.picture.bars {
            case .known(let known): bars = known
            // Where there is nothing but black, nothing has bars.
            case .unknown(PictureMeasurements.black): return .notApplicable
            case .unknown(let why): return .notEvaluated(why)
            }
            guard let size = measured.stream(seen.stream)?.sizes.first else {
                return .notEvaluated("the size of its pictures is not known")
            }
            let upright = bar(bars.top, bars.bottom, of: size.height)
            let sideways = bar(bars.left, bars.right, of: size.width)
            guard max(upright, sideways) >= check[share] else { return .passed }
            let isUpright = upright >= sideways
            let pair = isUpright ? (bars.top, bars.bottom) : (bars.left, bars.right)
            let places = isUpright ? "above and \(pair.1) below" : "at the left and \(pair.1) at the right"
            return .found([
                found(
                    check, "\(pair.0) black rows of pixels stand \(places), in every frame",
                    measured: JSON(max(upright, sideways)), allowed: ["max": JSON(check[share])], unit: "share",
                    stream: seen.stream)
            ])
        }
    }

    /// Bars come in pairs: one dark side is a picture.
    private static func bar(_ one: Int, _ other: Int, of side: Int) -> Double {
        one > 0 && other > 0 && side > 0 ? Double(one + other) / Double(side) : 0
    }
}
