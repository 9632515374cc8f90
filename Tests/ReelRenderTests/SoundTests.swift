import Testing

@testable import ReelRender

struct `The music bed` {
    @Test func `the same name sounds the same, another does not`() {
        let bed = Bed(BedScore(name: "Lo-fi Morning"))
        let again = Bed(BedScore(name: "Lo-fi Morning"))
        #expect(bed.left == again.left && bed.right == again.right)
        #expect(BedScore(name: "Lo-fi Morning") != BedScore(name: "Lo-fi Evening"))
    }

    @Test func `names choose from all keys and tempos`() {
        let scores = (0..<200).map { BedScore(name: "bed \($0)") }
        #expect(Set(scores.map(\.beat)).count == 17)
        #expect(Set(scores.map { $0.notes[0].pitch % 12 }).count == 12)
    }

    @Test func `the hash is the published one`() {
        // Vectors of the FNV-1a reference.
        #expect(stableHash("") == 0xcbf2_9ce4_8422_2325)
        #expect(stableHash("a") == 0xaf63_dc4c_8601_ec8c)
        #expect(stableHash("foobar") == 0x8594_4171_f739_67e8)
    }

    @Test func `it is as loud as said, without a jump anywhere, even where it begins again`() {
        let bed = Bed(BedScore(name: "x"))
        #expect(bed.left.count == BedScore(name: "x").length)
        let peak = zip(bed.left, bed.right).reduce(Float(0)) { max($0, abs($1.0), abs($1.1)) }
        #expect(abs(peak - Bed.peak) < 1e-6)
        let around = bed.left + bed.left.prefix(1)
        let steepest = zip(around, around.dropFirst()).reduce(Float(0)) { max($0, abs($1.1 - $1.0)) }
        #expect(steepest < 0.1)
    }
}

struct `Loudness` {
    @Test func `music swells, and fades away`() {
        let envelope = Envelope.music(volume: 0.5, length: 480_000)
        #expect(envelope.gain(at: 0) == 0)
        #expect(envelope.gain(at: 12_000) == 0.25)
        #expect(envelope.gain(at: 24_000) == 0.5)
        #expect(envelope.gain(at: 480_000 - 24_000) == 0.25)
        #expect(envelope.gain(at: 480_000) == 0)
    }

    @Test func `a piece that is shorter than its fades is heard`() {
        #expect(Envelope.music(volume: 1, length: 4_000).gain(at: 1_500) == 1)
        #expect(Envelope.music(volume: 1, length: 0).gain(at: 0).isFinite)
    }

    @Test(arguments: [(-1.0, 0.0), (.nan, 0), (.infinity, 4), (0, 0), (0.3, 0.3)])
    func `volumes that are none are taken as the nearest`(asked: Double, taken: Double) {
        #expect(Envelope.music(volume: asked, length: 1).volume == Float(taken))
    }

    @Test func `the limiter lets nothing over, and leaves alone what is quiet`() {
        var limiter = Limiter()
        // Loud and quiet by turns, of all lengths.
        let blocks = (0..<60).map { index -> StereoBlock in
            var block = StereoBlock(silence: 1024)
            let loudness: Float = [0.1, 0.3, 2.5, 0.8, 1.2][index * 7 / 5 % 5]
            for place in 0..<1024 {
                block.left[place] = place % 2 == 0 ? loudness : -loudness
                block.right[place] = -block.left[place] / 2
            }
            return block
        }
        for (index, block) in blocks.enumerated() {
            var limited = block
            let next = index + 1 < blocks.count ? Limiter.allowance(peak: blocks[index + 1].peak) : 1
            limiter.apply(&limited, allowance: Limiter.allowance(peak: block.peak), next: next)
            #expect(limited.peak <= Limiter.ceiling + 1e-5)
            // The quietest block right after the loudest keeps what the loudest was turned down to.
            #expect(limited.peak >= 0.1 * Limiter.allowance(peak: 2.5) - 1e-5)
        }
        var quiet = StereoBlock(silence: 4)
        quiet.left = [0.5, -0.8, 0.1, 0.2]
        let before = quiet
        var fresh = Limiter()
        fresh.apply(&quiet, allowance: 1, next: 1)
        #expect(quiet == before)
    }
}
