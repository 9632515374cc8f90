internal import ReelModel

/// The main sound as it was listened to, with where it begins and ends: what the rules on sound share.
struct Heard {
    let sound: SoundMeasurements
    let span: TimeRange

    var stream: Int { sound.stream }

    /// Whether a span reaches back to the first sample.
    func isFirst(_ range: TimeRange) -> Bool { range.start <= span.start + 0.03 }

    /// Whether a span reaches to the last sample, as far as codecs that pad their last block let that be told.
    func isLast(_ range: TimeRange) -> Bool { range.end >= span.end - 0.03 }

    /// Whether sound breaks off or sets in at a level that is not more than so many decibels below that of the whole: a
    /// pause fades.
    func isAbrupt(_ edge: Known<Double>, within decibels: Double) -> Bool {
        guard let level = sound.level.value, let edge = edge.value else { return false }
        return edge >= level - decibels
    }

    /// Judges each sound. A file without one is none of these rules' business, and one whose sound was not listened to is
    /// not judged.
    static func judge(_ facts: Facts, _ body: (Heard) -> Judgement) -> Judgement {
        guard let measured = facts.measured else { return .notEvaluated(Decoding.nothing) }
        return .joined((facts.audio.value ?? []).map { judge($0, measured, body) })
    }

    /// Judges the first sound alone: what plays unless somebody chooses another.
    static func judgeFirst(_ facts: Facts, _ body: (Heard) -> Judgement) -> Judgement {
        guard let measured = facts.measured else { return .notEvaluated(Decoding.nothing) }
        guard let audio = facts.mainAudio else { return .notApplicable }
        return judge(audio, measured, body)
    }

    private static func judge(
        _ audio: AudioFacts, _ measured: Measured, _ body: (Heard) -> Judgement
    ) -> Judgement {
        let sounds = (measured.sound.map { [$0] } ?? []) + measured.otherSounds
        guard let sound = sounds.first(where: { $0.stream == audio.index }),
            let span = measured.stream(sound.stream)?.span
        else {
            // That there is no decoder is for undecodable-codec to say, and that nothing comes out for sound-missing.
            let isTold = audio.decodable.value == false || measured.stream(audio.index)?.samples == 0
            return isTold ? .notApplicable : .notEvaluated("the sound could not be listened to")
        }
        return body(Heard(sound: sound, span: span))
    }
}
