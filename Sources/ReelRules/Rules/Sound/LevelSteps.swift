internal import ReelModel

/// The level jumps.
enum LevelSteps: CheckRule {
    static let least = Threshold("min_change", unit: "dB", "a step of the level by so much is found")

    static let page = RulePage(
        id: "level-steps", group: .sound, summary: "The sound gets much louder or quieter at once, and stays so.",
        why: "Clips that were not levelled against one another make the audience reach for the volume. A step is where "
            + "even the quietest moment of the two seconds on one side is louder than the loudest on the other.",
        fix: "Bring the clips to one loudness, and render it again.", depth: .frames, reads: [.levelSteps],
        yieldsTo: ["sound-missing"], thresholds: [least],
        examples: [
            Example("one level", .passes, subject([])),
            Example("7 dB louder", .passes, subject([(5, 7)])),
            Example("18 dB quieter", .fires, subject([(5, -18)])),
            Example(
                "nothing was decoded", .notEvaluated,
                .checked("level-steps", [least: 10], .example(.mp4) { $0.depth = .frames })),
        ])

    private static func subject(_ steps: [(Double, Double)]) -> Subject {
        .checked(
            "level-steps", [least: 10],
            .heardExample { sound in
                sound.steps = steps.map { LevelStep(time: $0.0, change: $0.1) }
                sound.stepCount = steps.count
            })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Heard.judge(facts) { heard in
            let steps = heard.sound.steps.filter { abs($0.change) >= check[least] }
            if steps.isEmpty { return .passed }
            return .found(
                steps.map { step in
                    found(
                        check,
                        "At \(Figure.seconds(step.time)) the sound gets \(Figure.decimal(abs(step.change), places: 1)) dB "
                            + (step.change > 0 ? "louder" : "quieter"),
                        measured: JSON(step.change), allowed: ["max": JSON(check[least])], unit: "dB",
                        stream: heard.stream, span: TimeRange(start: step.time, end: step.time))
                })
        }
    }
}
