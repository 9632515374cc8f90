internal import ReelModel

/// The film has fewer pictures than frames.
enum RepeatedPictures: CheckRule {
    static let share = Threshold(
        "min_share", unit: "share", "of the frames in which something moves, from this many on it is told")

    static let page = RulePage(
        id: "repeated-pictures", group: .picture,
        summary: "Pictures are shown again in a steady pattern: there are fewer than the frame rate says.",
        why:
            "A film of 30 pictures a second that is stored at 60 is larger and no smoother, and 24 in 30 judder, as one of "
            + "four pictures stays twice as long. Animation on twos is drawn so, and sources of fewer pictures have no more: "
            + "this is told, and refuses nothing. Of noise that was coded coarsely it cannot be told.",
        fix: "Render it at the frame rate of its sources, where that may be.", depth: .frames, reads: [.cadence],
        yieldsTo: ["picture-missing", "rate-of-repeats"], thresholds: [share],
        examples: [
            Example("every frame is new", .passes, subject([], 0)),
            Example("30 pictures a second in 60 frames", .fires, subject([(0, 10, [2], 30)], 1)),
            Example("24 pictures a second in 30 frames", .fires, subject([(0, 10, [1, 1, 1, 2], 24)], 1)),
            Example("24 in 60, for six of ten seconds", .fires, subject([(2, 8, [2, 3], 24)], 0.6)),
            Example("one clip of many", .passes, subject([(2, 2.8, [2], 15)], 0.08)),
        ])

    private static func subject(_ steady: [(Double, Double, [Int], Double)], _ share: Double) -> Subject {
        .checked(
            "repeated-pictures", [Self.share: 0.1], severity: .note,
            .decodedExample(.mp4) {
                $0.measured?.picture?.cadence = Cadence(
                    moving: 300,
                    steady: steady.map {
                        SteadyRepeats(span: TimeRange(start: $0.0, end: $0.1), pattern: $0.2, pictureRate: $0.3)
                    }, steadyShare: share)
            })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Seen.judge(facts) { _, seen in
            let cadence = seen.picture.cadence
            // Where nothing moves, no repeat can be seen.
            guard let steady = cadence.steadyShare else { return .notApplicable }
            guard steady >= check[share] else { return .passed }
            var patterns: [[Int]] = []
            for steady in cadence.steady where !patterns.contains(steady.pattern) { patterns.append(steady.pattern) }
            let findings = patterns.compactMap { pattern in
                let spans = cadence.steady.filter { $0.pattern == pattern }
                return spans.max { $0.span.duration < $1.span.duration }.map { longest in
                    found(
                        check, Self.message(longest, of: spans, seen), measured: JSON(longest.pictureRate),
                        allowed: ["min": JSON(longest.frameRate)], unit: "pictures a second", stream: seen.stream,
                        span: longest.span)
                }
            }
            return findings.isEmpty ? .passed : .found(findings)
        }
    }

    private static func message(_ steady: SteadyRepeats, of spans: [SteadyRepeats], _ seen: Seen) -> String {
        let length = spans.reduce(0) { $0 + $1.span.duration }
        let whole = seen.isFirst(steady.span) && seen.isLast(steady.span)
        let how =
            whole
            ? "It is" : "For \(Figure.seconds(length))\(spans.count == 1 ? "" : ", in \(spans.count) places,") it is"
        return "\(how) shown at \(steady.frames) frames a second, but only \(steady.pictures) pictures a second are "
            + "different: \(steady.words)"
    }
}

extension SteadyRepeats {
    /// Frames, and pictures, a second, as people write them.
    var frames: String { Figure.decimal(frameRate, places: 2) }
    var pictures: String { Figure.decimal(pictureRate, places: 2) }

    /// How the pictures repeat.
    var words: String {
        let longest = pattern.max() ?? 1
        if pattern.allSatisfy({ $0 == 2 }) { return "each is shown twice" }
        if pattern.allSatisfy({ $0 == longest }) { return "each is shown for \(longest) frames" }
        if longest == 2, pattern.count(where: { $0 == 2 }) == 1 {
            return "one of \(period) frames shows the picture before it again"
        }
        return "they are shown for \(pattern.min() ?? 1) and \(longest) frames in turn"
    }
}
