import CKernels
import Testing

/// The kernels on cells against plain loops, around the widths at which they change course.
struct `Cells are what plain loops add up` {
    static let widths = [8, 15, 64, 511, 512, 513, 520, 1080, 1920]

    @Test(arguments: widths)
    func `of 8 bits`(width: Int) {
        var rows = [UInt8](repeating: 0, count: width * 8)
        for x in rows.indices { rows[x] = UInt8(truncatingIfNeeded: (x &* 7919) >> 3) }
        var cells = [UInt16](repeating: 0, count: width / 8)
        var counts: [UInt64] = [0, 0, 0]
        reel_strip_u8(rows, width, width, 0, [32, 5, 246], &cells, &counts)
        #expect(cells == Self.sums(rows, width))
        #expect(counts[0] == UInt64(rows.count { $0 <= 32 }))
        #expect(counts[1] == UInt64(rows.count { $0 < 5 }))
        #expect(counts[2] == UInt64(rows.count { $0 > 246 }))
        var halves = cells
        reel_cells_u8(rows, width, width, 0, &halves)
        var even: [UInt8] = []
        for row in 0..<8 { even += rows[row / 2 * 2 * width..<(row / 2 * 2 + 1) * width] }
        #expect(halves == Self.sums(even, width))
    }

    @Test(arguments: widths)
    func `of 10 bits, on the scale of 8`(width: Int) {
        var rows = [UInt16](repeating: 0, count: width * 8)
        for x in rows.indices { rows[x] = UInt16(truncatingIfNeeded: (x &* 7919) >> 3) & 0x3fc }
        var cells = [UInt16](repeating: 0, count: width / 8)
        var counts: [UInt64] = [0, 0, 0]
        reel_strip_u16(rows, width, width, 2, [128, 20, 984], &cells, &counts)
        #expect(cells == Self.sums(rows.map { UInt8($0 >> 2) }, width))
        #expect(counts[0] == UInt64(rows.count { $0 <= 128 }))
        #expect(counts[1] == UInt64(rows.count { $0 < 20 }))
        #expect(counts[2] == UInt64(rows.count { $0 > 984 }))
    }

    @Test(arguments: [1, 7, 32, 100, 32400, 65536, 70001])
    func `and what is told of them`(count: Int) {
        var a = [UInt16](repeating: 0, count: count)
        var b = a
        for x in a.indices {
            a[x] = UInt16(((x &* 7919) >> 3) % 16321)
            b[x] = UInt16(((x &* 104_729) >> 5) % 16321)
        }
        var apart: [Int] = []
        for x in a.indices { apart.append(abs(Int(a[x]) - Int(b[x]))) }
        let difference = reel_difference_of(a, b, count, 96, 256)
        #expect(difference.sum == UInt64(apart.reduce(0, +)))
        #expect(difference.beyond_little == UInt64(apart.count { $0 > 96 }))
        #expect(difference.beyond_much == UInt64(apart.count { $0 > 256 }))
        let extent = reel_extent_of(a, count)
        #expect(extent.least == a.min() && extent.most == a.max())
        var sum: UInt64 = 0
        var bend: UInt64 = 0
        var products: (ab: UInt64, aa: UInt64) = (0, 0)
        var both: UInt64 = 0
        for (x, y) in zip(a, b) {
            sum += UInt64(x)
            bend += UInt64(abs(2 * Int(x) - 2 * Int(y)))
            products.ab += UInt64(x >> 2) * UInt64(y >> 2)
            products.aa += UInt64(x >> 2) * UInt64(x >> 2)
            if x <= 9000, y <= 9000 { both += 1 }
        }
        #expect(extent.sum == sum)
        #expect(reel_bend_of(a, b, a, count) == bend)
        #expect(reel_products_of(a, b, count).ab == products.ab)
        #expect(reel_products_of(a, b, count).aa == products.aa)
        #expect(reel_count_within(a, count, 100, 9000) == UInt64(a.count { (100...9000).contains($0) }))
        #expect(reel_count_both_at_most(a, b, count, 9000) == both)
        var most = a
        reel_raise(&most, b, count)
        for x in a.indices where most[x] != max(a[x], b[x]) { Issue.record("\(x)") }
    }

    @Test func `detail and combs`() {
        // A step every eighth sample, at the places that are 3 modulo 8.
        var row = [UInt8](repeating: 100, count: 130)
        for x in row.indices where (x + 5) / 8 % 2 == 1 { row[x] = 110 }
        var phases = [UInt32](repeating: 0, count: 8)
        var totals: [UInt32] = [0, 0]
        reel_detail_u8(row, row.count, 0, 32, &phases, &totals)
        #expect(phases == [0, 0, 0, 160, 0, 0, 0, 0])
        #expect(totals[0] == 160 && totals[1] >= 310 && totals[1] <= 320)
        var none = [UInt32](repeating: 0, count: 8)
        reel_detail_u8(row, row.count, 0, 9, &none, &totals)
        #expect(none == [UInt32](repeating: 0, count: 8))
        let bright = [UInt8](repeating: 130, count: 50)
        let dark = [UInt8](repeating: 100, count: 50)
        #expect(reel_combed_u8(dark, bright, dark, 50, 12) == 50)
        #expect(reel_combed_u8(bright, dark, bright, 50, 12) == 50)
        #expect(reel_combed_u8(dark, bright, bright, 50, 12) == 0)
        #expect(reel_combed_u8(dark, bright, dark, 50, 30) == 0)
    }

    private static func sums(_ rows: [UInt8], _ width: Int) -> [UInt16] {
        var sums = [UInt16](repeating: 0, count: width / 8)
        for row in 0..<8 {
            for x in 0..<width / 8 * 8 { sums[x / 8] += UInt16(rows[row * width + x]) }
        }
        return sums
    }
}
