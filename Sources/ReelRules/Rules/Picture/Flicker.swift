internal import ReelModel

/// The brightness trembles.
enum Flicker: CheckRule {
    static let shortest = Threshold("min_duration", unit: "seconds", "flicker that lasts this long is found")
    static let amplitude = Threshold(
        "min_amplitude", unit: "levels", "the mean brightness has to go this far up and down")

    static let page = RulePage(
        id: "flicker", group: .picture, summary: "The brightness of the whole picture goes up and down all the time.",
        why:
            "Frames that were made one by one and do not agree, or lamps that do not agree with the shutter. It tires, "
            + "and looks broken.",
        fix: "Even the brightness out (deflicker) or make the scene anew.", depth: .frames, reads: [.flicker],
        yieldsTo: ["picture-missing", "dangerous-flashing"], thresholds: [shortest, amplitude],
        examples: [
            Example("steady", .passes, subject(nil)),
            Example("15 turns a second for two seconds", .fires, subject(4)),
            Example("next to nothing", .passes, subject(0.9)),
        ])

    private static func subject(_ amplitude: Double?) -> Subject {
        .checked(
            "flicker", [shortest: 1, Self.amplitude: 1.5], severity: .risk,
            .decodedExample(.mp4) {
                $0.measured?.picture?.flicker =
                    amplitude.map {
                        [FlickerSpan(span: TimeRange(start: 2, end: 4), perSecond: 15, amplitude: $0)]
                    } ?? []
            })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Seen.judge(facts) { _, seen in
            let bad = seen.picture.flicker.filter {
                $0.span.isAtLeast(check[shortest]) && $0.amplitude >= check[amplitude]
            }
            if bad.isEmpty { return .passed }
            return .found(
                bad.map { flicker in
                    let turns = Figure.decimal(flicker.perSecond, places: 1)
                    return found(
                        check,
                        "The brightness turns \(turns) times a second by \(Figure.decimal(flicker.amplitude, places: 1)) levels",
                        measured: JSON(flicker.amplitude), allowed: ["max": JSON(check[amplitude])], unit: "levels",
                        stream: seen.stream, span: flicker.span)
                })
        }
    }
}
