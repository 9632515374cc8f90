internal import ReelModel

/// Nothing in the picture is sharp.
enum Blur: CheckRule {
    static let shortest = Threshold("min_duration", unit: "seconds", "so long a span is found")
    static let strength = Threshold(
        "min_strength", unit: "share",
        "of the places with something in them, how many have no sharp edge")

    static let page = RulePage(
        id: "blur", group: .picture, summary: "Nothing in the picture is sharp.",
        why:
            "A picture that was enlarged, or that is out of focus all over. It may be meant: a film is not refused for it.",
        fix: "Render it from sources of its own size.", depth: .frames, reads: [.blur], yieldsTo: ["picture-missing"],
        thresholds: [shortest, strength],
        examples: [
            Example("none", .passes, subject(nil)),
            Example("for a moment", .passes, subject((4, 4.2))),
            Example("for three seconds", .fires, subject((4, 7))),
            Example(
                "a picture too small to tell", .notEvaluated,
                subject(.unknown("the picture is too small to tell"))),
        ])

    private static func subject(_ span: (Double, Double)?) -> Subject {
        subject(.known(span.map { [StrengthSpan(span: TimeRange(start: $0.0, end: $0.1), strength: 1)] } ?? []))
    }
    private static func subject(_ spans: Known<[StrengthSpan]>) -> Subject {
        .checked(
            "blur", [shortest: 2, strength: 0.98], severity: .note,
            .decodedExample(.mp4) {
                $0.measured?.picture?.blur = spans
            })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Seen.judge(facts) { _, seen in
            let spans: [StrengthSpan]
            switch seen.picture.blur {
            case .known(let known): spans = known
            case .unknown(let why): return .notEvaluated(why)
            }
            let bad = spans.filter {
                $0.span.isAtLeast(check[shortest]) && $0.strength >= check[strength]
            }
            if bad.isEmpty { return seen.passed(leavingOut: seen.picture.tooSmall.blur, telling: "blur") }
            return .found(
                bad.map { span in
                    found(
                        check, "No edge is sharp for \(Figure.seconds(span.span.duration))",
                        measured: JSON(span.strength), allowed: ["max": JSON(check[Self.strength])],
                        unit: "share", stream: seen.stream, span: span.span)
                })
        }
    }
}
