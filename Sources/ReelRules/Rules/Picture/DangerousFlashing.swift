internal import ReelModel

/// The picture flashes in a way that can hurt people.
enum DangerousFlashing: CheckRule {
    static let general = Threshold("max_per_second", unit: "flashes", "of brightness, the most in any one second")
    static let red = Threshold("max_red_per_second", unit: "flashes", "of saturated red, the most in any one second")

    static let page = RulePage(
        id: "dangerous-flashing", group: .picture,
        summary: "The picture flashes more than three times in a second, over a quarter of its area.",
        why:
            "It can set off seizures in people with photosensitive epilepsy; broadcasters refuse it (ITU-R BT.1702), and "
            + "so do guidelines for the web (WCAG 2.3.1). A flash is a pair of opposite changes of relative luminance by a "
            + "tenth of its maximum where the darker one is below 0.8 of it, or of saturated red. In high dynamic range "
            + "(PQ, and HLG as a display of 1000 cd/m2 shows it) it is a change of 20 cd/m2 where the darker one is below "
            + "160 cd/m2, and from there on a Michelson contrast of 1/17 (BT.1702-3).",
        fix: "Slow the flashes down to three in a second, make them smaller, or lower their contrast.", depth: .frames,
        reads: [.flashes], findsInSamples: true,
        yieldsTo: ["picture-missing"], thresholds: [general, red],
        examples: [
            Example("no flash", .passes, subject([])),
            Example("three flashes in a second", .passes, subject([(.luminance, 3)])),
            Example("ten flashes in a second", .fires, subject([(.luminance, 10)])),
            Example("four red flashes in a second", .fires, subject([(.red, 4)])),
            Example(
                "a film in ICtCp", .notEvaluated,
                .checked(
                    "dangerous-flashing", [general: 3, red: 3],
                    .decodedExample(.mp4) {
                        $0.measured?.picture?.flashes = .unknown("its planes hold ICtCp, of which light is not read")
                    })),
        ])

    private static func subject(_ flashes: [(FlashSpan.Kind, Double)]) -> Subject {
        .checked(
            "dangerous-flashing", [general: 3, red: 3],
            .decodedExample(.mp4) {
                $0.measured?.picture?.flashes = .known(
                    flashes.map {
                        FlashSpan(kind: $0.0, span: TimeRange(start: 3, end: 5), perSecond: $0.1, area: 0.6)
                    })
            })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Seen.judge(facts) { _, seen in
            let flashes: [FlashSpan]
            switch seen.picture.flashes {
            case .known(let known): flashes = known
            case .unknown(let why): return .notEvaluated(why)
            }
            let limit = { (flash: FlashSpan) in check[flash.kind == .red ? red : general] }
            let bad = flashes.filter { $0.perSecond > limit($0) }
            if bad.isEmpty { return .passed }
            return .found(
                bad.map { flash in
                    let kind = flash.kind == .red ? "in red " : ""
                    let count = Figure.decimal(flash.perSecond, places: 1)
                    return found(
                        check,
                        "It flashes \(kind)\(count) times in a second, over \(Figure.percent(flash.area)) of the picture",
                        measured: JSON(flash.perSecond), allowed: ["max": JSON(limit(flash))],
                        unit: "flashes per second", stream: seen.stream, span: flash.span)
                })
        }
    }
}
