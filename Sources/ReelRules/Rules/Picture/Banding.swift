internal import ReelModel

/// Smooth parts of the picture go in steps.
enum Banding: CheckRule {
    static let shortest = Threshold("min_duration", unit: "seconds", "so long a span is found")
    static let share = Threshold("min_share", unit: "of the picture", "from 0 to 1, so much of it has bands")
    static let step = Threshold(
        "min_step", unit: "levels", "of 8 bits, from one band to the next: 1, which is the least there is, or 2")

    static let page = RulePage(
        id: "banding", group: .picture, summary: "A sky or a shade shows bands where it should go over smoothly.",
        why:
            "It was kept in too few steps, here or in an earlier encoding: levels were lost to a conversion, a look or too "
            + "few bits, with no noise to hide it. Flat cells of 8 x 8 pixels are looked for that stand a step of up to 9 "
            + "levels from the next ones, and again, in the same direction. Steps of one level are all that 8 bits have for a "
            + "slow gradient; bands narrower than 16 pixels are not told.",
        fix: "Grade and render in 10 bits or more, and add a little noise (dither) before going to 8.", depth: .frames,
        reads: [.bands], yieldsTo: ["picture-missing"], thresholds: [shortest, share, step],
        examples: [
            Example("none", .passes, subject([])),
            Example("for a moment", .passes, subject([(4, 4.2, 2, 0.5)])),
            Example("in a corner", .passes, subject([(4, 7, 2, 0.05)])),
            Example("steps of one level", .passes, subject([(4, 7, 1, 0.9)])),
            Example("steps of two levels over half of the picture", .fires, subject([(4, 7, 2, 0.5)])),
            Example(
                "ten frames among others that are too small to tell", .notEvaluated, subject(.known([]), small: 10)),
            Example(
                "a picture too small to tell", .notEvaluated, subject(.unknown("the picture is too small to tell"))),
        ])

    private static func subject(_ spans: [(Double, Double, Int, Double)]) -> Subject {
        subject(
            .known(spans.map { BandSpan(span: TimeRange(start: $0.0, end: $0.1), step: $0.2, share: $0.3) }))
    }
    private static func subject(_ spans: Known<[BandSpan]>, small: Int = 0) -> Subject {
        .checked(
            "banding", [shortest: 0.5, share: 0.1, step: 2], severity: .note,
            .decodedExample(.mp4) {
                $0.measured?.picture?.bands = spans
                $0.measured?.picture?.tooSmall.bands = small
            })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Seen.judge(facts) { _, seen in
            let spans: [BandSpan]
            switch seen.picture.bands {
            case .known(let known): spans = known
            case .unknown(let why): return .notEvaluated(why)
            }
            let bad = spans.filter {
                Double($0.step) >= check[step] && $0.share >= check[share] && $0.span.isAtLeast(check[shortest])
            }
            if bad.isEmpty {
                return seen.passed(leavingOut: seen.picture.tooSmall.bands, telling: "bands from drawing")
            }
            return .found(
                bad.map { band in
                    let levels = band.step == 1 ? "a level" : "\(band.step) levels"
                    return found(
                        check, "\(Figure.percent(band.share)) of the picture goes in bands, \(levels) and more apart",
                        measured: JSON(band.share), allowed: ["max": JSON(check[share])], unit: "of the picture",
                        stream: seen.stream, span: band.span)
                })
        }
    }
}
