#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A music bed, synthesised: one round of its score in stereo, whose notes ring on into the next round, so that it can
/// be repeated without a seam.
struct Bed: Sendable {
    let left: [Float]
    let right: [Float]

    /// The loudest sample. Half of full scale leaves room for the sound of clips.
    static let peak: Float = 0.5

    init(_ score: BedScore) {
        var left = [Float](repeating: 0, count: score.length)
        var right = left
        for note in score.notes {
            let timbre = Timbre(note.voice)
            let frequency = 440 * pow(2, Double(note.pitch - 69) / 12)
            // Equal power, so that a voice is as loud at the side as in the middle.
            let angle = (note.pan + 1) * .pi / 4
            timbre.play(note, at: frequency * (1 + timbre.detune), gain: cos(angle), into: &left)
            timbre.play(note, at: frequency * (1 - timbre.detune), gain: sin(angle), into: &right)
        }
        let loudest = max(left.reduce(0) { max($0, abs($1)) }, right.reduce(0) { max($0, abs($1)) })
        let scale = loudest > 0 ? Self.peak / loudest : 0
        self.left = left.map { $0 * scale }
        self.right = right.map { $0 * scale }
    }

    /// Adds samples of the endless bed, from its `position` on, to a part of a block.
    func add(from position: Int, to block: inout StereoBlock, in part: Range<Int>, _ envelope: Envelope) {
        var place = position % left.count
        for (offset, index) in part.enumerated() {
            let gain = envelope.gain(at: position + offset)
            block.left[index] += left[place] * gain
            block.right[index] += right[place] * gain
            place += 1
            if place == left.count { place = 0 }
        }
    }
}

/// How a voice of the bed sounds.
private struct Timbre {
    /// Loudness of the fundamental and of its whole multiples.
    let partials: [Double]
    /// Seconds to swell, and to die away after it is let go.
    let attack: Double
    let release: Double
    /// Seconds in which it falls to half by itself; `nil` where it is held.
    let halfLife: Double?
    let gain: Double
    /// Left is this part sharp and right as much flat: width without noise.
    let detune: Double

    init(_ voice: BedScore.Note.Voice) {
        switch voice {
        case .pad:
            partials = [1, 0.28, 0.1, 0.04]
            (attack, release, halfLife, gain, detune) = (0.5, 0.9, nil, 0.16, 0.0011)
        case .bass:
            partials = [1, 0.35, 0.06]
            (attack, release, halfLife, gain, detune) = (0.03, 0.25, 0.9, 0.34, 0)
        case .pluck:
            // A triangle's: odd multiples, by the inverse square.
            partials = [1, 0, 1 / 9, 0, 1 / 25]
            (attack, release, halfLife, gain, detune) = (0.012, 0.7, 0.22, 0.15, 0.0005)
        }
    }

    /// Adds a note, going on at the start where the end is reached. Each partial is a turning pointer, two
    /// multiplications a sample: no call of a sine for each.
    func play(_ note: BedScore.Note, at frequency: Double, gain side: Double, into samples: inout [Float]) {
        let rate = Double(Timeline.sampleRate)
        let (rise, fall) = (Int(attack * rate), Int(release * rate))
        let count = min(note.length + fall, samples.count)
        let decay = halfLife.map { pow(0.5, 1 / ($0 * rate)) } ?? 1
        for (index, loudness) in partials.enumerated() where loudness > 0 {
            let step = 2 * Double.pi * frequency * Double(index + 1) / rate
            guard step < .pi else { break }
            let turn = 2 * cos(step)
            var (before, now) = (-sin(step), 0.0)
            var level = gain * side * loudness
            var place = note.start % samples.count
            samples.withUnsafeMutableBufferPointer { samples in
                for offset in 0..<count {
                    let swell = offset < rise ? smooth(Double(offset) / Double(rise)) : 1
                    let fade = offset < count - fall ? 1 : smooth(Double(count - offset) / Double(fall))
                    samples[place] += Float(now * level * swell * fade)
                    (before, now) = (now, turn * now - before)
                    level *= decay
                    place += 1
                    if place == samples.count { place = 0 }
                }
            }
        }
    }

    /// From 0 to 1 without a corner at either end.
    private func smooth(_ part: Double) -> Double { part * part * (3 - 2 * part) }
}
