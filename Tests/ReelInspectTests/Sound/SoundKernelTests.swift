import CKernels
import Testing

/// The loops over sound against the plain ones that each stands for.
struct `Sound kernels` {
    static let counts = [0, 1, 7, 8, 9, 63, 64, 65, 441, 480]

    @Test func `every format becomes numbers of full scale 1`() {
        var out = [Float](repeating: 9, count: 4)
        reel_float_u8(&out, [128, 0, 255, 192] as [UInt8], 1, 4)
        #expect(out == [0, -1, 127.0 / 128, 0.5])
        reel_float_s16(&out, [0, .min, .max, 16384] as [Int16], 1, 4)
        #expect(out == [0, -1, 32767.0 / 32768, 0.5])
        reel_float_s32(&out, [0, .min, 1 << 30, -(1 << 29)] as [Int32], 1, 4)
        #expect(out == [0, -1, 0.5, -0.25])
        reel_float_s64(&out, [0, .min, 1 << 62, -(1 << 61)] as [Int64], 1, 4)
        #expect(out == [0, -1, 0.5, -0.25])
        reel_float_f64(&out, [0.25, -2, 1e300, -.infinity] as [Double], 1, 4)
        #expect(out == [0.25, -2, 64, -64])
        // What is no number stands out.
        reel_float_f32(&out, [.nan, .infinity, -1, 1] as [Float], 1, 4)
        #expect(out == [-64, 64, -1, 1])
    }

    @Test func `one channel of several is taken`() {
        var out = [Float](repeating: 9, count: 3)
        reel_float_s16(&out, [16384, 1, -16384, 2, 8192, 3] as [Int16], 2, 3)
        #expect(out == [0.5, -0.5, 0.25])
    }

    @Test(arguments: counts)
    func `sums`(count: Int) {
        let samples = (0..<count).map { Float(($0 * 7919) % 2000 - 1000) / 1000 }
        let other = (0..<count).map { Float(($0 * 6007) % 2000 - 1000) / 1000 }
        let sums = reel_sums_f32(samples, count)
        #expect(sums.low == samples.min() ?? 0 && sums.high == samples.max() ?? 0)
        #expect(abs(sums.sum - samples.reduce(0.0) { $0 + Double($1) }) < 1e-9)
        #expect(abs(sums.squares - samples.reduce(0.0) { $0 + Double($1) * Double($1) }) < 1e-9)
        let pair = reel_pair_f32(samples, other, count)
        #expect(abs(pair.product - zip(samples, other).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }) < 1e-9)
        #expect(pair.difference == zip(samples, other).map { abs($0 - $1) }.max() ?? 0)
    }

    @Test func `sound that stands out`() {
        var samples = [Float](repeating: 0.0005, count: 1000)
        #expect(reel_loud_f32(samples, 1000, 0.001).first == 1000)
        samples[17] = -0.001
        samples[900] = 0.5
        let span = reel_loud_f32(samples, 1000, 0.001)
        #expect(span.first == 17 && span.last == 900)
        samples[950] = .nan
        #expect(reel_loud_f32(samples, 1000, 0.001).last == 950)
        #expect(reel_loud_f32(samples, 0, 0.001).first == 0)
    }

    @Test func `a crest that is cut off, and one that is not`() {
        // A sine of full scale passes the limit for some samples by itself.
        let sine = sines(amplitude: 1)
        #expect(reel_clipped_f32(sine, sine.count, 0.98, 0.98, 0.82, 4).runs == 0)
        let cut = sines(amplitude: 2).map { min(max($0, -1), 1) }
        let found = reel_clipped_f32(cut, cut.count, 0.98, 0.98, 0.82, 4)
        #expect(found.runs == 19 && found.first < found.last)
        // Nothing but full scale.
        let flat = [Float](repeating: 1, count: 480)
        #expect(reel_clipped_f32(flat, 480, 0.98, 0.98, 0.82, 4).samples == 480)
    }

    @Test func `a crest that a codec rippled, whole and in parts`() {
        let cut = sines(amplitude: 2).map { min(max($0, -1), 1) }
        // A little below full scale, and not flat.
        let rippled = cut.enumerated().map { $1 * ($0 % 5 == 0 ? 0.85 : 0.96) }
        // The last hump has not ended.
        for part in [960, 480, 77, 1] {
            #expect(crests(rippled, part) == 18)
            #expect(crests(sines(amplitude: 1), part) == 0)
            // Crests of another height are none of full scale.
            #expect(crests(rippled.map { $0 * 0.9 }, part) == 0)
        }
        #expect(crests([Float](repeating: 1, count: 9000) + [0], 480) == 0)
        #expect(crests([0] + [Float](repeating: 1, count: 1999) + [0], 480) == 1)
    }

    @Test func `a crest lies where its flat part does, before these samples too`() {
        let shape = reel_crest_shape(peak: 0.94, edge: 0.85, dip: 0.7, foot: 0.25)
        var (open, found) = (reel_hump(), reel_clipped_crests())
        var hump = [Float](repeating: 0, count: 64)
        let samples: [Float] = [0, 0.5, 1, 1, 1, 1, 1, 1, 0.5, 0, 0]
        withUnsafePointer(to: shape) { shape in
            reel_crests_f32(samples, 4, shape, 4, &hump, hump.count, &open, &found)
            #expect(found.runs == 0 && open.side == 1 && open.length == 3)
            reel_crests_f32(Array(samples[4...]), 7, shape, 4, &hump, hump.count, &open, &found)
        }
        #expect(found.runs == 1 && found.samples == 6 && found.first == -2 && found.last == 3 && open.side == 0)
    }

    private func crests(_ samples: [Float], _ part: Int) -> Int {
        let shape = reel_crest_shape(peak: 0.94, edge: 0.85, dip: 0.7, foot: 0.25)
        var (open, found) = (reel_hump(), reel_clipped_crests())
        var hump = [Float](repeating: 0, count: 2000)
        withUnsafePointer(to: shape) { shape in
            for from in stride(from: 0, to: samples.count, by: part) {
                let piece = Array(samples[from..<min(from + part, samples.count)])
                reel_crests_f32(piece, piece.count, shape, 4, &hump, hump.count, &open, &found)
            }
        }
        return Int(found.runs)
    }

    /// A little more than nine periods in 960 samples.
    private func sines(amplitude: Float) -> [Float] {
        var (x, y): (Float, Float) = (1, 0)
        let turn: (Float, Float) = (0.998_2, 0.059_97)
        return (0..<960).map { _ in
            (x, y) = (x * turn.0 - y * turn.1, x * turn.1 + y * turn.0)
            let length = (x * x + y * y).squareRoot()
            (x, y) = (x / length, y / length)
            return amplitude * y
        }
    }
}
