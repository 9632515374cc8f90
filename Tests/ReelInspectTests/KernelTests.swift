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
}
