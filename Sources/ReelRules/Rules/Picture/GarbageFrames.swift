internal import ReelModel

/// Parts of the picture are what a decoder leaves where it has nothing.
enum GarbageFrames: CheckRule {
    static let green = Threshold(
        "min_green_share", unit: "share", "this much of the picture in the green of samples that are zero is found")
    static let grey = Threshold(
        "min_grey_share", unit: "share", "this much of the picture in a middle grey that comes at once is found")
    static let longest = Threshold(
        "max_grey_duration", unit: "seconds",
        "a grey that stays longer than this may be meant, and is a risk at most; so is one that the film begins with")

    static let page = RulePage(
        id: "garbage-frames", group: .picture, summary: "Frames are green or grey where nothing was decoded.",
        why:
            "Somewhere on the way a decoder had lost what it needed, and its empty memory was filmed: zeros are a green "
            + "that no camera makes, a missing reference is a middle grey with moving edges in it. A plain grey that a film "
            + "begins with cannot be told from a card, and is not looked for.",
        fix: "Render it again from whole sources; reelgate verify tells which are damaged.", depth: .frames,
        reads: [.garbage], findsInSamples: true,
        yieldsTo: ["picture-missing"], thresholds: [green, grey, longest],
        examples: [
            Example("pictures all along", .passes, subject([])),
            Example("a green band for three frames", .fires, subject([(.green, 4, 4.1, 0.2)])),
            Example("half a second of grey", .fires, subject([(.grey, 4, 4.5, 0.9)])),
            Example("four seconds of grey", .fires, subject([(.grey, 4, 8, 0.9)])),
            Example("a grey with moving edges that the film begins with", .fires, subject([(.grey, 0, 1.5, 0.9)])),
        ])

    private static func subject(_ spans: [(GarbageSpan.Kind, Double, Double, Double)]) -> Subject {
        .checked(
            "garbage-frames", [green: 0.01, grey: 0.5, longest: 2],
            .decodedExample(.mp4) {
                $0.measured?.picture?.garbage = spans.map {
                    GarbageSpan(kind: $0.0, span: TimeRange(start: $0.1, end: $0.2), share: $0.3)
                }
            })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Seen.judge(facts) { _, seen in
            let bad = seen.picture.garbage.filter {
                switch $0.kind {
                case .green: $0.share >= check[green]
                case .grey: $0.share >= check[grey]
                }
            }
            if bad.isEmpty { return .passed }
            return .found(
                bad.map { span in
                    let limit = span.kind == .green ? check[green] : check[grey]
                    let mayBeMeant =
                        span.kind == .grey && (span.span.duration > check[longest] || seen.isFirst(span.span))
                    return found(
                        check,
                        "\(Figure.percent(span.share)) of the picture is the \(span.kind.rawValue) of missing samples",
                        measured: JSON(span.share), allowed: ["max": JSON(limit)], unit: "share", stream: seen.stream,
                        span: span.span
                    ).atMost(mayBeMeant ? .risk : .reject)
                })
        }
    }
}
