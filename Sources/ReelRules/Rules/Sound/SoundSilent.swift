internal import ReelModel

/// There is a sound track, and nothing to hear in it.
enum SoundSilent: CheckRule {
    static let quietest = Threshold("min_level", unit: "dBFS", "sound that is quieter on the whole counts as silent")

    static let page = RulePage(
        id: "sound-silent", group: .sound, summary: "There is sound in the file, and all of it is silent.",
        why: "A render that did not find its music writes a track of silence: every header says that there is sound. "
            + "A film that is meant to be silent has no sound track.",
        fix: "Render it again with its sound, or leave the track out.", depth: .frames, reads: [.channels],
        yieldsTo: ["sound-missing"],
        thresholds: [quietest],
        examples: [
            Example("sound at -20 dBFS", .passes, .checked("sound-silent", limits, .heardExample())),
            Example(
                "quiet speech at -45 dBFS", .passes,
                .checked("sound-silent", limits, .heardExample { $0.level = .known(-45) })),
            Example("nothing but zeros", .fires, .checked("sound-silent", limits, .heardExample { silence(&$0) })),
            Example(
                "noise at -66 dBFS", .fires,
                .checked("sound-silent", limits, .heardExample { $0.level = .known(-66) })),
            Example(
                "nothing was decoded", .notEvaluated,
                .checked("sound-silent", limits, .example(.mp4) { $0.depth = .frames })),
        ])

    private static let limits = [quietest: -55.0]
    private static func silence(_ sound: inout SoundMeasurements) {
        sound.level = .unknown(SoundMeasurements.silent)
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Heard.judge(facts) { heard in
            let limit = check[quietest]
            if let level = heard.sound.level.value, level >= limit { return .passed }
            let level = heard.sound.level.value
            return .found([
                found(
                    check,
                    "The sound is silent from beginning to end"
                        + (level.map { ": \(Figure.decimal($0, places: 1)) dBFS on the whole" } ?? ""),
                    measured: level.map { JSON($0) } ?? .null, allowed: ["min": JSON(limit)], unit: "dBFS",
                    stream: heard.stream, span: heard.span)
            ])
        }
    }
}
