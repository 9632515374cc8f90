internal import ReelModel

/// The edges of coding blocks show.
enum Blockiness: CheckRule {
    static let shortest = Threshold("min_duration", unit: "seconds", "so long a span is found")
    static let strength = Threshold(
        "min_strength", unit: "times",
        "of differences across the edges of blocks by those inside")

    static let page = RulePage(
        id: "blockiness", group: .picture, summary: "The edges of coding blocks show.",
        why: "Too few bits were spent, here or in an earlier encoding; what was lost does not come back.",
        fix: "Encode it from the source at a higher bit rate.", depth: .frames, reads: [.blocks],
        yieldsTo: ["picture-missing"],
        thresholds: [shortest, strength],
        examples: [
            Example("none", .passes, subject(nil)),
            Example("for a moment", .passes, subject((4, 4.2))),
            Example("for three seconds", .fires, subject((4, 7))),
            Example("ten frames among others that are too small to tell", .notEvaluated, small(10)),
            Example(
                "a picture too small to tell", .notEvaluated,
                subject(.unknown("the picture is too small to tell"))),
        ])

    private static func subject(_ span: (Double, Double)?) -> Subject {
        subject(.known(span.map { [StrengthSpan(span: TimeRange(start: $0.0, end: $0.1), strength: 3)] } ?? []))
    }
    private static func small(_ frames: Int) -> Subject { subject(.known([]), small: frames) }
    private static func subject(_ spans: Known<[StrengthSpan]>, small: Int = 0) -> Subject {
        .checked(
            "blockiness", [shortest: 0.5, strength: 2], severity: .note,
            .decodedExample(.mp4) {
                $0.measured?.picture?.blocks = spans
                $0.measured?.picture?.tooSmall.blocks = small
            })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Seen.judge(facts) { _, seen in
            let spans: [StrengthSpan]
            switch seen.picture.blocks {
            case .known(let known): spans = known
            case .unknown(let why): return .notEvaluated(why)
            }
            let bad = spans.filter {
                $0.span.isAtLeast(check[shortest]) && $0.strength >= check[strength]
            }
            if bad.isEmpty {
                return seen.passed(leavingOut: seen.picture.tooSmall.blocks, telling: "blocks from drawing")
            }
            return .found(
                bad.map { span in
                    let strength = Figure.decimal(span.strength, places: 1)
                    return found(
                        check, "The edges of coding blocks show, \(strength) times as strong as what lies between",
                        measured: JSON(span.strength), allowed: ["max": JSON(check[Self.strength])],
                        unit: "times", stream: seen.stream, span: span.span)
                })
        }
    }
}
