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

    @Test(arguments: [8, 31, 128, 500])
    func `rows of two fields`(count: Int) {
        let rows = (0..<4 * count).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) }
        let before = (0..<2 * count).map { UInt8(truncatingIfNeeded: $0 &* 104_729 >> 4) }
        func row(_ y: Int) -> [Int] { rows[y * count..<(y + 1) * count].map { Int($0) } }
        func off(_ above: [Int], _ below: [Int], _ at: [Int]) -> UInt32 {
            var sum = 0
            for x in 0..<count {
                let beside: Int = above[x] + below[x]
                sum += abs(beside - 2 * at[x])
            }
            return UInt32(sum)
        }
        let then = [before[..<count].map { Int($0) }, before[count...].map { Int($0) }]
        let expected: [UInt32] = [
            off(row(0), row(2), row(1)), off(row(0), row(2), then[0]), off(row(1), row(3), row(2)),
            off(row(1), row(3), then[1]),
        ]
        var narrow = [UInt32](repeating: 0, count: 4)
        rows.withUnsafeBufferPointer { rows in
            before.withUnsafeBufferPointer { before in
                guard let rows = rows.baseAddress, let before = before.baseAddress else { return }
                reel_fields_u8(rows + count, count, before, before + count, count, &narrow)
            }
        }
        #expect(narrow == expected)
        var wide = narrow
        let (words, earlier) = (rows.map { UInt16($0) * 257 }, before.map { UInt16($0) * 257 })
        words.withUnsafeBufferPointer { words in
            earlier.withUnsafeBufferPointer { earlier in
                guard let words = words.baseAddress, let earlier = earlier.baseAddress else { return }
                reel_fields_u16(words + count, count, earlier, earlier + count, count, &wide)
            }
        }
        #expect(wide == expected.map { $0 * 257 })
    }

    @Test func `parts of a line that are lit`() {
        let line = (0..<100).map { UInt8($0) }
        for (stride, count) in [(1, 100), (3, 33), (12, 8), (20, 5)] {
            var lit = 0
            for part in 0..<count / 8 {
                var sum = 0
                for sample in part * 8..<part * 8 + 8 { sum += sample * stride }
                if sum > 240 { lit += 1 }
            }
            #expect(reel_lit_parts_u8(line, stride, count, 240) == lit)
            #expect(reel_lit_parts_u16(line.map { UInt16($0) * 4 }, stride, count, 960) == lit)
        }
    }
}
