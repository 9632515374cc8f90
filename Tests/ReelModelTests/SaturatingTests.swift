import ReelModel
import Testing

struct SaturatingTests {
    @Test(
        arguments: [
            (0, 0), (1.9, 1), (-1.9, -1), (1e25, .max), (-1e25, .min), (.infinity, .max), (-.infinity, .min), (.nan, 0),
            (0x1p63, .max), (-0x1p63, .min), (0x1p62, 1 << 62),
        ] as [(Double, Int64)])
    func `a fraction becomes a whole number that there is`(_ value: Double, _ whole: Int64) {
        #expect(Int64(saturating: value) == whole)
    }

    @Test func `sums and products end at the last number`() {
        #expect(Int64.max.saturatingAdd(1) == .max)
        #expect(Int64.min.saturatingAdd(-1) == .min)
        #expect(Int64(2).saturatingAdd(3) == 5)
        #expect(Int64.max.saturatingMultiply(2) == .max)
        #expect(Int64.max.saturatingMultiply(-2) == .min)
        #expect(Int64(-4).saturatingMultiply(-5) == 20)
    }

    @Test func `a picture whose sides are the most that 32 bits hold has no more pixels than there are numbers`() {
        #expect(Size(width: 0xFFFF_FFFF, height: 0xFFFF_FFFF).pixels == .max)
        #expect(Size(width: 1920, height: 1080).pixels == 2_073_600)
    }

    @Test func `a frame of an absurd shape is as large as it can be`() throws {
        for fill in [Reframing.Fill.crop, .pad] {
            let shape = Reframing(width: 1, height: .max, fill: fill)
            #expect(shape.frame(for: Size(width: 0xFFFF_FFFF, height: 2)).height > 0)
        }
    }
}
