internal import ReelModel

/// The film shows nothing but one colour for a while.
enum SingleColorInside: CheckRule {
    static let shortest = Threshold("min_duration", unit: "seconds", "one colour that lasts this long is found")

    static let page = RulePage(
        id: "single-color-inside", group: .picture, summary: "The picture is one plain colour between other pictures.",
        why: "A background whose picture did not come, or a clip that failed. A fade through white lasts less.",
        fix: "Look at the scene there, put its picture back, and render it again.", depth: .frames,
        yieldsTo: ["picture-missing", "garbage-frames"], thresholds: [shortest],
        examples: [
            Example("pictures all along", .passes, subject([])),
            Example("a fade through white", .passes, subject([(4, 4.2)])),
            Example("two seconds of blue", .fires, subject([(4, 6)])),
            Example("one colour from the first frame to the last", .fires, subject([(0, 10)])),
        ])

    private static func subject(_ spans: [(Double, Double)]) -> Subject {
        .checked(
            "single-color-inside", [shortest: 0.5],
            .decodedExample(.mp4) {
                $0.measured?.picture?.singleColor = spans.map {
                    ColorSpan(span: TimeRange(start: $0.0, end: $0.1), luma: 41, blue: 240, red: 110)
                }
            })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Seen.judge(facts) { _, seen in
            let found = seen.picture.singleColor.filter { color in
                let isWhole = seen.isFirst(color.span) && seen.isLast(color.span)
                let isEdge = seen.isFirst(color.span) || seen.isLast(color.span)
                return color.span.isAtLeast(check[shortest]) && (isWhole || !isEdge)
            }
            if found.isEmpty { return .passed }
            return .found(
                found.map { color in
                    Self.found(
                        check, "The picture is one colour for \(Figure.seconds(color.span.duration)): \(words(color))",
                        measured: JSON(color.span.duration), allowed: ["max": JSON(check[shortest])], unit: "seconds",
                        stream: seen.stream, span: color.span)
                })
        }
    }

    private static func words(_ color: ColorSpan) -> String {
        let planes = [("Y", color.luma), ("Cb", color.blue), ("Cr", color.red)]
        return planes.compactMap { name, level in level.map { "\(name) \(Int($0.rounded()))" } }.joined(separator: ", ")
    }
}
