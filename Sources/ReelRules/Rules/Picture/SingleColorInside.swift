internal import ReelModel

/// The film shows nothing but one colour for a while.
enum SingleColorInside: CheckRule {
    static let shortest = Threshold("min_duration", unit: "seconds", "one colour that lasts this long is found")
    static let longestEdge = Threshold(
        "max_edge_duration", unit: "seconds",
        "one colour before the first picture, or after the last, that lasts longer is found, as a risk at most")

    static let page = RulePage(
        id: "single-color-inside", group: .picture,
        summary: "The picture is one plain colour between other pictures, or for long at an end.",
        why: "A background whose picture did not come, or a clip that failed. A fade through white lasts less, and a "
            + "plain card at an end is no fault while it is short.",
        fix: "Look at the scene there, put its picture back, and render it again.", depth: .frames,
        reads: [.singleColor], findsInSamples: true,
        yieldsTo: ["picture-missing", "garbage-frames"], thresholds: [shortest, longestEdge],
        examples: [
            Example("pictures all along", .passes, subject([])),
            Example("a fade through white", .passes, subject([(4, 4.2)])),
            Example("two seconds of blue", .fires, subject([(4, 6)])),
            Example("a second of white at the end", .passes, subject([(9, 10)])),
            Example("blue for eight of ten seconds, up to the end", .fires, subject([(2, 10)])),
            Example("one colour from the first frame to the last", .fires, subject([(0, 10)])),
        ])

    private static func subject(_ spans: [(Double, Double)]) -> Subject {
        .checked(
            "single-color-inside", [shortest: 0.5, longestEdge: 2],
            .decodedExample(.mp4) {
                $0.measured?.picture?.singleColor = spans.map {
                    ColorSpan(span: TimeRange(start: $0.0, end: $0.1), luma: 41, blue: 240, red: 110)
                }
            })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Seen.judge(facts) { _, seen in
            let findings = seen.picture.singleColor.compactMap { color -> Finding? in
                let isWhole = seen.isFirst(color.span) && seen.isLast(color.span)
                let length = color.span.duration
                if !isWhole, let place = seen.edge(color.span) {
                    guard length > check[longestEdge] else { return nil }
                    return found(
                        check, "The film \(place) with \(Figure.seconds(length)) of one colour: \(words(color))",
                        measured: JSON(length), allowed: ["max": JSON(check[longestEdge])], unit: "seconds",
                        stream: seen.stream, span: color.span
                    ).atMost(.risk)
                }
                guard color.span.isAtLeast(check[shortest]) else { return nil }
                return found(
                    check, "The picture is one colour for \(Figure.seconds(length)): \(words(color))",
                    measured: JSON(length), allowed: ["max": JSON(check[shortest])], unit: "seconds",
                    stream: seen.stream, span: color.span)
            }
            return findings.isEmpty ? .passed : .found(findings)
        }
    }

    private static func words(_ color: ColorSpan) -> String {
        let planes = [("Y", color.luma), ("Cb", color.blue), ("Cr", color.red)]
        return planes.compactMap { name, level in level.map { "\(name) \(Int($0.rounded()))" } }.joined(separator: ", ")
    }
}
