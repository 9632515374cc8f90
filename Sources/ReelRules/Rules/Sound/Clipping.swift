internal import ReelModel

/// The sound was louder than can be told.
enum Clipping: CheckRule {
    static let most = Threshold("min_runs", unit: "runs", "a place with so many clipped crests is found")

    static let page = RulePage(
        id: "clipping", group: .sound, summary: "Crests of the sound are cut off flat at full scale.",
        why: "A mix that adds up to more than full scale is cut off, which is heard as a rasp, and cannot be mended "
            + "afterwards. A crest counts that stays at full scale, or within half a decibel of it where a codec rippled "
            + "it, for four samples of 48 kHz, and falls off more steeply than a crest does by itself; a few are not "
            + "heard.",
        fix: "Lower the level of the mix, and render it again.", depth: .frames, reads: [.clipping],
        findsInSamples: true,
        yieldsTo: ["sound-missing"],
        thresholds: [most],
        examples: [
            Example("no crest is cut off", .passes, subject([])),
            Example("three crests in one place", .passes, subject([(3, 3.1, 3)])),
            Example("two hundred crests in four seconds", .fires, subject([(3, 7, 200)])),
            Example(
                "nothing was decoded", .notEvaluated,
                .checked("clipping", [most: 10], .example(.mp4) { $0.depth = .frames })),
        ])

    private static func subject(_ clipped: [(Double, Double, Int)]) -> Subject {
        .checked(
            "clipping", [most: 10],
            .heardExample { sound in
                sound.clipped = clipped.map {
                    ClippedSpan(span: TimeRange(start: $0.0, end: $0.1), runs: $0.2, samples: $0.2 * 6)
                }
                sound.clippedCount = clipped.count
            })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Heard.judge(facts) { heard in
            let places = heard.sound.clipped.filter { Double($0.runs) >= check[most] }
            guard let first = places.first, let last = places.last else { return .passed }
            let runs = places.reduce(0) { $0 + $1.runs }
            let spread = places.count == 1 ? "" : " in \(places.count) places"
            return .found([
                found(
                    check,
                    "\(Figure.grouped(Int64(runs))) crests of the sound are cut off at full scale\(spread), the first "
                        + "at \(Figure.seconds(first.span.start))",
                    measured: JSON(runs), allowed: ["max": JSON(check[most])], unit: "runs", stream: heard.stream,
                    span: TimeRange(start: first.span.start, end: last.span.end))
            ])
        }
    }
}
