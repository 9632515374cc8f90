internal import ReelModel

/// The film gets stuck.
enum FrozenInside: CheckRule {
    static let shortest = Threshold("min_duration", unit: "seconds", "a picture that stands still this long is found")
    static let moving = Threshold(
        "min_moving", unit: "seconds", "the picture has to move this long, at full speed, both before and after")
    static let stillest = Threshold(
        "max_still_share", unit: "share",
        "a film whose other parts stand still more than this was made so: slides, a recording")

    static let page = RulePage(
        id: "frozen-inside", group: .picture, summary: "The picture stands still between moving pictures.",
        why: "A renderer or a player that got stuck shows its last picture again and again, while the sound goes on. "
            + "Slides, titles and screens stand still too: what comes to rest, dissolves, or jumps from still to still "
            + "is none of this.",
        fix: "Render it again; if it is stuck at the same place, replace the clip there.", depth: .frames,
        reads: [.still],
        yieldsTo: ["picture-missing", "black-inside"], thresholds: [shortest, moving, stillest],
        examples: [
            Example("always moving", .passes, subject([])),
            Example("two seconds between moving pictures", .fires, subject([(4, 6, 4, 4)])),
            Example("half a second", .passes, subject([(4, 4.5, 4, 4)])),
            Example("a title that slides in and then stands", .passes, subject([(4, 8, 0, 0)])),
            Example("slides that dissolve into one another", .passes, subject([(0, 4, 0, 0), (5, 9, 0, 0)], 0.8)),
            Example("six of ten seconds between moving pictures", .fires, subject([(2, 8, 2, 2)], 0.6)),
            Example(
                "slides, one of which came and went at full speed", .passes,
                subject([(0, 3, 0, 1), (4, 6, 1, 1), (7, 10, 1, 0)], 0.8)),
        ])

    private static func subject(_ still: [(Double, Double, Double, Double)], _ share: Double = 0.2) -> Subject {
        .checked(
            "frozen-inside", [shortest: 1, moving: 0.8, stillest: 0.5],
            .decodedExample(.mp4) {
                $0.measured?.picture?.still = still.map {
                    StillSpan(span: TimeRange(start: $0.0, end: $0.1), movingBefore: $0.2, movingAfter: $0.3)
                }
                $0.measured?.picture?.stillShare = share
            })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Seen.judge(facts) { _, seen in
            let stuck = seen.picture.still.filter {
                $0.span.isAtLeast(check[shortest]) && min($0.movingBefore, $0.movingAfter) >= check[moving]
            }
            if stuck.isEmpty { return .passed }
            // What it may be stuck at does not excuse itself.
            let length = seen.span.duration
            let others = stuck.reduce(length) { $0 - $1.span.duration }
            let still = seen.picture.stillShare * length - (length - others)
            guard still <= check[stillest] * others else { return .passed }
            return .found(
                stuck.map { still in
                    found(
                        check,
                        "The picture stands still for \(Figure.seconds(still.span.duration)) between moving pictures",
                        measured: JSON(still.span.duration), allowed: ["max": JSON(check[shortest])], unit: "seconds",
                        stream: seen.stream, span: still.span)
                })
        }
    }
}
