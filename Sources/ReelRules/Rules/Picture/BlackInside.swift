internal import ReelModel

/// The film goes black in the middle.
enum BlackInside: CheckRule {
    static let shortest = Threshold(
        "min_duration", unit: "seconds", "black between pictures that lasts this long is found")

    static let page = RulePage(
        id: "black-inside", group: .picture, summary: "The picture is black for a while between other pictures.",
        why: "A scene that was not drawn, a clip that was not found, a gap between two clips: nobody orders it. Black "
            + "before the first picture and after the last one is a fade, and no fault.",
        fix: "Close the gap in the timeline, or put the missing clip back, and render it again.", depth: .frames,
        yieldsTo: ["picture-missing"], thresholds: [shortest],
        examples: [
            Example("never black", .passes, subject([])),
            Example("a fade of a second at each end", .passes, subject([(0, 1), (9, 10)])),
            Example("0.2 s of black between scenes", .passes, subject([(4, 4.2)])),
            Example("1.2 s of black between scenes", .fires, subject([(3, 4.2)])),
            Example("black from the first frame to the last", .fires, subject([(0, 10)])),
            Example(
                "nothing was decoded", .notEvaluated,
                .checked("black-inside", [shortest: 0.5], .example(.mp4) { $0.depth = .frames })),
        ])

    private static func subject(_ black: [(Double, Double)]) -> Subject {
        .checked(
            "black-inside", [shortest: 0.5],
            .decodedExample(.mp4) { $0.measured?.black = black.map { TimeRange(start: $0.0, end: $0.1) } })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Seen.judge(facts) { measured, seen in
            let limit = check[shortest]
            let long = measured.black.filter { $0.isAtLeast(limit) }
            let allowed: JSON = ["max": JSON(limit)]
            if let whole = long.first, seen.isFirst(whole), seen.isLast(whole) {
                return .found([
                    found(
                        check, "The picture is black from the first frame to the last",
                        measured: JSON(whole.duration), allowed: allowed, unit: "seconds", stream: seen.stream,
                        span: whole)
                ])
            }
            let inside = long.filter { !seen.isFirst($0) && !seen.isLast($0) }
            if inside.isEmpty { return .passed }
            return .found(
                inside.map { span in
                    found(
                        check, "The picture is black for \(Figure.seconds(span.duration))",
                        measured: JSON(span.duration), allowed: allowed, unit: "seconds", stream: seen.stream,
                        span: span)
                })
        }
    }
}
