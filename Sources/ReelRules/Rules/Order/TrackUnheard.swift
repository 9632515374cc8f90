internal import ReelModel

/// What the draft lays on a track of sound cannot be heard.
enum TrackUnheard: Rule {
    static let page = RulePage(
        id: "track-unheard", group: .order,
        summary: "The draft orders sound for a while in which the film is mostly silent.",
        why:
            "The track is in the draft, the file has a stream of sound, and where the music should be there is none: it "
            + "was not found, or not mixed in. What is heard is not known to be the ordered piece; that nothing is heard "
            + "is known. Music may pause, so half of the ordered span has to be silent, at least.",
        fix: "Render it again, with the sound in its place.", depth: .frames, reads: [.silence],
        yieldsTo: ["audio-missing", "sound-missing", "sound-silent"],
        examples: [
            Example("music from 0 to 10 s, and sound", .passes, .ordered(music, .decodedExample(.mp4))),
            Example("a pause of two seconds", .passes, .ordered(music, silent([(4, 6)]))),
            Example("silence from 4 s on", .fires, .ordered(music, silent([(4, 10)]))),
            Example(
                "a stream that ends at 4.1 s", .fires,
                .ordered(
                    music,
                    .decodedExample(.mp4) { $0.editMeasured(1) { $0.span = TimeRange(start: 0, end: 4.1) } })),
            Example("nothing was decoded", .notEvaluated, .ordered(music, .example(.mp4) { $0.depth = .frames })),
        ])

    private static let music = Expectation(
        sounds: [OrderedSegment(name: "Lo-fi", span: TimeRange(start: 0, end: 10))])
    private static func silent(_ spans: [(Double, Double)]) -> Facts {
        .heardExample { $0.silences = spans.map { SilentSpan($0.0, $0.1, -20, -20) } }
    }

    /// Of the ordered span.
    private static let share = 0.5

    static func applies(to standard: Standard) -> Bool { standard.order?.sounds.isEmpty == false }

    static func judge(_ subject: Subject) -> Judgement {
        guard let order = subject.standard.order else { return .notApplicable }
        return Heard.judgeFirst(subject.facts) { heard in
            let unheard = order.sounds.filter { sound in
                sound.span.duration > 0 && audible(sound.span, heard) < share * sound.span.duration
            }
            if unheard.isEmpty { return .passed }
            return .found(
                unheard.map { sound in
                    let seconds = audible(sound.span, heard)
                    return own(
                        .reject,
                        "The draft orders \(sound.name) from \(Figure.seconds(sound.span.start)) to "
                            + "\(Figure.seconds(sound.span.end)); \(Figure.seconds(seconds)) of that can be heard",
                        measured: JSON(seconds), allowed: ["min": JSON(share * sound.span.duration)], unit: "seconds",
                        stream: heard.stream, span: sound.span)
                })
        }
    }

    /// Seconds of a span that are not silent.
    private static func audible(_ span: TimeRange, _ heard: Heard) -> Double {
        func shared(_ other: TimeRange) -> Double {
            max(min(span.end, other.end) - max(span.start, other.start), 0)
        }
        return shared(heard.span) - heard.sound.silences.reduce(0) { $0 + shared($1.span) }
    }
}
