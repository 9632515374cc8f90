import CKernels
import Testing

/// The kernels against the plain loop that each stands for, around the widths at which they change course.
struct `Kernels count as plain loops do` {
    static let counts = [0, 1, 31, 32, 63, 64, 65, 1919, 1920, 64 * 255, 64 * 255 + 1, 64 * 256, 64 * 600 + 17]

    @Test(arguments: counts)
    func `dark pixels`(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) }
        #expect(reel_count_at_most_u8(bytes, count, 32) == UInt64(bytes.count { $0 <= 32 }))
        #expect(reel_count_at_most_u8(bytes, count, 255) == UInt64(count))
        let words = bytes.map { UInt16($0) * 4 }
        #expect(reel_count_at_most_u16(words, count, 128) == UInt64(words.count { $0 <= 128 }))
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
        let short: [Int16] = [0, 32, -32, 33, 0, Int16.min, 0]
        let loud = reel_loud_s16(short, 7, 0.001 * 32768)
        #expect(loud.first == 3 && loud.last == 5)
        let eight: [UInt8] = [128, 127, 129, 128]
        #expect(reel_loud_u8(eight, 4, 0.001 * 128).first == 1)
    }
}
