internal import ReelModel

/// Single frames of something else stand in the film.
enum StrayFrames: CheckRule {
    static let most = Threshold("max_count", unit: "places", "so many such places are let pass")

    static let page = RulePage(
        id: "stray-frames", group: .picture,
        summary: "One to three frames show something else than the pictures before and after them.",
        why: "A frame of another clip, of an earlier scene or of nothing at all flashes up: an edit that is off by a "
            + "frame, or a renderer that took the wrong buffer. Two such frames at most are found at a cut, and none where "
            + "cuts come quickly.",
        fix: "Trim the clips that meet there by a frame, and render it again.", depth: .frames, reads: [.jumps],
        findsInSamples: true,
        yieldsTo: ["picture-missing", "garbage-frames"], thresholds: [most],
        examples: [
            Example("scenes follow one another", .passes, subject([])),
            Example("a frame of another scene", .fires, subject([4])),
        ])

    private static func subject(_ times: [Double]) -> Subject {
        .checked(
            "stray-frames", [most: 0], severity: .risk,
            .decodedExample(.mp4) {
                $0.measured?.picture?.strays = times.map { TimeRange(start: $0, end: $0 + 1.0 / 30) }
            })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Seen.judge(facts) { _, seen in
            let strays = seen.picture.strays
            guard let first = strays.first, Double(strays.count) > check[most] else { return .passed }
            let places = strays.count == 1 ? "" : ", in \(strays.count) places"
            return .found([
                found(
                    check, "For \(Figure.seconds(first.duration)) something else is shown\(places)",
                    measured: JSON(strays.count), allowed: ["max": JSON(check[most])], unit: "places",
                    stream: seen.stream, span: first)
            ])
        }
    }
}
