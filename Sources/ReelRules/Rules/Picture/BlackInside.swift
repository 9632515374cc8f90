internal import ReelModel

/// The film goes black in the middle.
enum BlackInside: CheckRule {
    static let shortest = Threshold(
        "min_duration", unit: "seconds", "black between pictures that lasts this long is found")
    static let longestEdge = Threshold(
        "max_edge_duration", unit: "seconds",
        "black before the first picture, or after the last, that lasts longer is found, as a risk at most")

    static let page = RulePage(
        id: "black-inside", group: .picture,
        summary: "The picture is black for a while between other pictures, or for long at an end.",
        why: "A scene that was not drawn, a clip that was not found, a gap between two clips: nobody orders it. Black "
            + "before the first picture and after the last one is a fade, and no fault while it is short; where it is "
            + "long, it may be meant all the same, and no film is refused for it.",
        fix: "Close the gap in the timeline, or put the missing clip back, and render it again.", depth: .frames,
        reads: [.black], findsInSamples: true,
        yieldsTo: ["picture-missing"], thresholds: [shortest, longestEdge],
        examples: [
            Example("never black", .passes, subject([])),
            Example("a fade of a second at each end", .passes, subject([(0, 1), (9, 10)])),
            Example("black for eight of ten seconds, up to the end", .fires, subject([(2, 10)])),
            Example("black for four seconds before the first picture", .fires, subject([(0, 4)])),
            Example("0.2 s of black between scenes", .passes, subject([(4, 4.2)])),
            Example("1.2 s of black between scenes", .fires, subject([(3, 4.2)])),
            Example("black from the first frame to the last", .fires, subject([(0, 10)])),
            Example(
                "nothing was decoded", .notEvaluated,
                .checked("black-inside", limits, .example(.mp4) { $0.depth = .frames })),
        ])

    private static let limits = [shortest: 0.5, longestEdge: 2.0]
    private static func subject(_ black: [(Double, Double)]) -> Subject {
        .checked(
            "black-inside", limits,
            .decodedExample(.mp4) { $0.measured?.black = black.map { TimeRange(start: $0.0, end: $0.1) } })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Seen.judge(facts) { measured, seen in
            let limit = check[shortest]
            let allowed: JSON = ["max": JSON(limit)]
            if let whole = measured.black.first, whole.isAtLeast(limit), seen.isFirst(whole), seen.isLast(whole) {
                return .found([
                    found(
                        check, "The picture is black from the first frame to the last",
                        measured: JSON(whole.duration), allowed: allowed, unit: "seconds", stream: seen.stream,
                        span: whole)
                ])
            }
            let findings = measured.black.compactMap { span -> Finding? in
                if let place = seen.edge(span) {
                    guard span.duration > check[longestEdge] else { return nil }
                    return Self.found(
                        check, "The film \(place) with \(Figure.seconds(span.duration)) of black",
                        measured: JSON(span.duration), allowed: ["max": JSON(check[longestEdge])], unit: "seconds",
                        stream: seen.stream, span: span
                    ).atMost(.risk)
                }
                guard span.isAtLeast(limit) else { return nil }
                return Self.found(
                    check, "The picture is black for \(Figure.seconds(span.duration))",
                    measured: JSON(span.duration), allowed: allowed, unit: "seconds", stream: seen.stream, span: span)
            }
            return findings.isEmpty ? .passed : .found(findings)
        }
    }
}
