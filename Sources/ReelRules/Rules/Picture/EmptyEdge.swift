internal import ReelModel

/// The first or the last frames are empty.
enum EmptyEdge: CheckRule {
    static let longest = Threshold(
        "max_duration", unit: "seconds", "an emptiness that lasts longer than this was meant")
    static let step = Threshold(
        "min_step", unit: "share", "of the range of brightness, how far the next picture has to be from it: no fade")

    static let page = RulePage(
        id: "empty-edge", group: .picture,
        summary: "The first or the last frames are empty, and then the picture is there.",
        why: "A frame of black before the film is what platforms show as its cover; one at the end flashes up when it "
            + "is played in a loop. Fades begin in small steps, and are not meant.",
        fix: "Trim the empty frames, or render it again.", depth: .frames, reads: [.edges], findsInSamples: true,
        yieldsTo: ["black-inside", "single-color-inside", "picture-missing"], thresholds: [longest, step],
        examples: [
            Example("pictures from the first frame to the last", .passes, subject(nil)),
            Example("a fade from black", .passes, subject(.init(duration: 0.2, step: 0.02))),
            Example("two frames of black, then a bright scene", .fires, subject(.init(duration: 0.067, step: 0.4))),
        ])

    private static func subject(_ start: EmptyEnd?) -> Subject {
        .checked(
            "empty-edge", [longest: 0.25, step: 0.05], severity: .risk,
            .decodedExample(.mp4) { $0.measured?.picture?.emptyStart = start })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Seen.judge(facts) { _, seen in
            var findings: [Finding] = []
            for (edge, isFirst) in [(seen.picture.emptyStart, true), (seen.picture.emptyEnd, false)] {
                guard let edge, edge.step >= check[step], edge.duration <= check[longest] else { continue }
                let span =
                    isFirst
                    ? TimeRange(start: seen.span.start, end: seen.span.start + edge.duration)
                    : TimeRange(start: seen.span.end - edge.duration, end: seen.span.end)
                findings.append(
                    found(
                        check,
                        "The film \(isFirst ? "begins" : "ends") with \(Figure.seconds(edge.duration)) of nothing",
                        measured: JSON(edge.duration), allowed: ["max": 0], unit: "seconds", stream: seen.stream,
                        span: span))
            }
            return findings.isEmpty ? .passed : .found(findings)
        }
    }
}
