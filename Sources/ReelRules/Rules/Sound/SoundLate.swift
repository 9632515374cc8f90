internal import ReelModel

/// The sound begins after the picture.
enum SoundLate: CheckRule {
    static let offset = Threshold(
        "max_offset", unit: "seconds", "a sound track that begins later than the picture by more is found")
    static let silence = Threshold(
        "max_silence", unit: "seconds", "a track that begins with more silence, and then at full level, is found")
    static let edge = Threshold(
        "edge", unit: "dB", "full level is at most this much quieter than the whole")

    static let page = RulePage(
        id: "sound-late", group: .sound, summary: "The sound begins noticeably later than the picture.",
        why: "Sound that is late by an eighth of a second is noticed, by a fifth it is unacceptable (ITU-R BT.1359-1). "
            + "A track that begins late, or with silence that breaks into sound at full level, is often a mix that lost "
            + "its beginning.",
        fix: "Let the sound begin with the picture, and render it again.", depth: .frames,
        reads: [.silence, .channels],
        yieldsTo: ["sound-silent", "sound-missing"], thresholds: [offset, silence, edge],
        examples: [
            Example("both begin at 0", .passes, .checked("sound-late", limits, .heardExample())),
            Example("a track that begins at 0.05 s", .passes, .checked("sound-late", limits, beginning(0.05))),
            Example("a track that begins at 0.5 s", .fires, .checked("sound-late", limits, beginning(0.5))),
            Example(
                "half a second lost while decoding, which decode-error tells", .passes,
                .checked("sound-late", limits, beginning(0.5, isLost: true))),
            Example(
                "two seconds of silence, then sound at full level", .fires,
                .checked("sound-late", limits, .heardExample { $0.silences = [SilentSpan(0, 2, nil, -20)] })),
            Example(
                "two seconds of silence, then sound that fades in", .passes,
                .checked("sound-late", limits, .heardExample { $0.silences = [SilentSpan(0, 2, nil, -50)] })),
            Example(
                "nothing was decoded", .notEvaluated,
                .checked("sound-late", limits, .example(.mp4) { $0.depth = .frames })),
        ])

    private static let limits = [offset: 0.125, silence: 1.0, edge: 20.0]
    private static func beginning(_ seconds: Double, isLost: Bool = false) -> Facts {
        var facts = Facts.heardExample()
        facts.editMeasured(1) { $0.span = TimeRange(start: seconds, end: 10) }
        if isLost {
            facts.measured?.faults = [DecodeFault(stream: 1, time: 0.02, message: "no frame")]
            facts.measured?.faultCount = 1
        }
        return facts
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        Heard.judge(facts) { heard in
            let video = facts.mainVideo?.index
            if let video, let picture = facts.measured?.stream(video)?.span?.start,
                heard.span.start - picture > check[offset],
                !Packets.lostBeginning(of: heard.stream, behind: video, within: check[offset], in: facts)
            {
                return .found([
                    found(
                        check,
                        "The sound begins at \(Figure.seconds(heard.span.start)), the picture at "
                            + "\(Figure.seconds(picture))",
                        measured: JSON(heard.span.start - picture), allowed: ["max": JSON(check[offset])],
                        unit: "seconds", stream: heard.stream, span: TimeRange(start: picture, end: heard.span.start))
                ])
            }
            guard let first = heard.sound.silences.first, heard.isFirst(first.span), !heard.isLast(first.span),
                first.span.duration > check[silence], heard.isAbrupt(first.after, within: check[edge])
            else { return .passed }
            return .found([
                found(
                    check, "The first \(Figure.seconds(first.span.duration)) of the sound are silent",
                    measured: JSON(first.span.duration), allowed: ["max": JSON(check[silence])], unit: "seconds",
                    stream: heard.stream, span: first.span)
            ])
        }
    }
}
