/// The notes of a music bed: four slow chords, a bass and a sparse broken chord above, which go round and round. Key,
/// tempo, chords and the broken chord's gaps follow from the name alone.
struct BedScore: Sendable, Hashable {
    struct Note: Sendable, Hashable {
        enum Voice: Sendable, Hashable {
            case pad, bass, pluck
        }

        var voice: Voice
        /// Samples from the start of the round.
        var start: Int
        /// Samples until it is let go.
        var length: Int
        /// Twelve to the octave; 69 is 440 Hz.
        var pitch: Int
        /// From -1, left, to 1, right.
        var pan: Double
    }

    static let bars = 4
    static let beatsPerBar = 4

    /// Samples of a beat.
    let beat: Int
    let notes: [Note]
    var length: Int { beat * Self.beatsPerBar * Self.bars }

    /// Steps from the key to each chord's root, and from there to its notes: sevenths, which sound mellow.
    private static let progressions: [[(root: Int, notes: [Int])]] = [
        [(0, [0, 4, 7, 11]), (9, [0, 3, 7, 10]), (2, [0, 3, 7, 10]), (7, [0, 4, 7, 10])],
        [(2, [0, 3, 7, 10]), (7, [0, 4, 7, 10]), (0, [0, 4, 7, 11]), (9, [0, 3, 7, 10])],
        [(0, [0, 4, 7, 11]), (4, [0, 3, 7, 10]), (5, [0, 4, 7, 11]), (7, [0, 4, 7, 10])],
        [(9, [0, 3, 7, 10]), (5, [0, 4, 7, 11]), (0, [0, 4, 7, 11]), (7, [0, 4, 7, 10])],
        [(5, [0, 4, 7, 11]), (4, [0, 3, 7, 10]), (2, [0, 3, 7, 10]), (0, [0, 4, 7, 11])],
    ]
    private static let beatsPerMinute = 68...84

    init(name: String) {
        var choice = Choices(seed: stableHash(name))
        let tempo = Self.beatsPerMinute.lowerBound + choice.next(below: Self.beatsPerMinute.count)
        let beat = Timeline.sampleRate * 60 / tempo
        let key = 48 + choice.next(below: 12)
        let progression = Self.progressions[choice.next(below: Self.progressions.count)]
        let bar = beat * Self.beatsPerBar
        var notes: [Note] = []
        for (place, chord) in progression.enumerated() {
            let start = place * bar
            // Within an octave above the key, so that the chords lead into each other.
            let root = key + (chord.root > 6 ? chord.root - 12 : chord.root)
            for (index, step) in chord.notes.enumerated() {
                let pan = (Double(index) / 1.5 - 1) * 0.5
                notes.append(Note(voice: .pad, start: start, length: bar, pitch: root + 12 + step, pan: pan))
            }
            notes.append(Note(voice: .bass, start: start, length: beat * 2, pitch: root - 12, pan: 0))
            notes.append(
                Note(voice: .bass, start: start + beat * 5 / 2, length: beat * 3 / 2, pitch: root - 12, pan: 0))
            for eighth in 0..<8 where choice.next(below: 8) < 5 {
                // Every other one late, as a player leaning back would be.
                let late = eighth % 2 == 1 ? beat / 12 : 0
                let step = chord.notes[choice.next(below: chord.notes.count)]
                notes.append(
                    Note(
                        voice: .pluck, start: start + eighth * beat / 2 + late, length: beat / 2,
                        pitch: root + 24 + step, pan: eighth % 2 == 0 ? -0.4 : 0.4))
            }
        }
        self.beat = beat
        self.notes = notes
    }

    /// Numbers that look random and follow from a seed (SplitMix64).
    private struct Choices {
        private var state: UInt64

        init(seed: UInt64) { state = seed }

        mutating func next(below limit: Int) -> Int {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
        }
    }
}
