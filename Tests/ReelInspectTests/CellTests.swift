import CKernels
import Testing

@testable import ReelInspect

/// The kernels on cells against plain loops, around the widths at which they change course.
struct `Cells are what plain loops add up` {
    static let widths = [8, 15, 64, 511, 512, 513, 520, 1080, 1920, 4095, 4096, 4104, 8200]

    @Test(arguments: widths)
    func `of 8 bits`(width: Int) {
        var rows = [UInt8](repeating: 0, count: width * 8)
        for x in rows.indices { rows[x] = UInt8(truncatingIfNeeded: (x &* 7919) >> 3) }
        var cells = [UInt16](repeating: 0, count: width / 8)
        reel_strip_u8(rows, width, width, 0, &cells)
        #expect(cells == Self.sums(rows, width))
        var extremes: [UInt8] = [200, 100]
        reel_extremes_u8(rows, width, width, &extremes)
        #expect(extremes == [min(rows.min() ?? 0, 200), max(rows.max() ?? 0, 100)])
    }

    @Test(arguments: widths)
    func `of 10 bits, on the scale of 8`(width: Int) {
        var rows = [UInt16](repeating: 0, count: width * 8)
        for x in rows.indices { rows[x] = UInt16(truncatingIfNeeded: (x &* 7919) >> 3) & 0x3fc }
        var cells = [UInt16](repeating: 0, count: width / 8)
        reel_strip_u16(rows, width, width, 2, &cells)
        #expect(cells == Self.sums(rows.map { UInt8($0 >> 2) }, width))
        var extremes: [UInt16] = [500, 500]
        reel_extremes_u16(rows, width, width, &extremes)
        #expect(extremes == [rows.min(), rows.max()])
    }

    @Test(arguments: 9...16, [64, 4104])
    func `of any depth, up to the brightest`(bits: Int, width: Int) {
        let excess = bits - 8
        let most = UInt16((1 << bits) - 1)
        for spread in [UInt16(0), 63] {
            let rows = (0..<width * 8).map { most - UInt16(truncatingIfNeeded: $0 &* 7919 >> 3) % (spread + 1) }
            var expected = [UInt16](repeating: 0, count: width / 8)
            for x in 0..<width {
                // Each column is shifted by itself.
                expected[x / 8] += UInt16((0..<8).reduce(0) { $0 + Int(rows[$1 * width + x]) } >> excess)
            }
            var cells = [UInt16](repeating: 0, count: width / 8)
            reel_strip_u16(rows, width, width, CUnsignedInt(excess), &cells)
            #expect(cells == expected)
        }
    }

    @Test(arguments: [0.0, 0.01, 0.019, 0.021, 0.1, 0.7, 1])
    func `dark samples are counted where the picture may be black`(lit: Double) {
        // A picture of 40 strips, of which the lower part is lit.
        let (width, height) = (96, 323)
        var samples = [UInt8](repeating: 20, count: width * height)
        for place in samples.indices.suffix(Int(lit * Double(samples.count))) {
            samples[place] = place % 2 == 0 ? 235 : 33
        }
        var darkness = DarkCount<UInt8>(limit: 32, 0, pixels: samples.count)
        var levels = LevelCount<UInt8>(least: 21, most: 234)
        var cells = [UInt16](repeating: 0, count: width / 8)
        samples.withUnsafeBufferPointer { samples in
            guard let first = samples.baseAddress else { return }
            for strip in 0..<height / 8 {
                reel_strip_u8(first + strip * 8 * width, width, width, 0, &cells)
                darkness.add(first + strip * 8 * width, width, width, cells: cells, cells.count)
                levels.add(first + strip * 8 * width, width, width)
            }
            for row in height / 8 * 8..<height {
                darkness.add(row: first + row * width, width)
                levels.add(row: first + row * width, width)
            }
        }
        let dark = samples.count { $0 <= 32 }
        let isBlack = Double(dark) >= 0.98 * Double(samples.count)
        #expect(darkness.dark == dark || (!isBlack && darkness.dark == 0))
        #expect((Double(darkness.dark) >= 0.98 * Double(samples.count)) == isBlack)
        #expect(levels.below == samples.count { $0 < 21 } && levels.above == samples.count { $0 > 234 })
    }

    @Test func `means of squares, and what cells are beyond a level`() {
        let columns = 37
        let cells = (0..<columns * 9).map { UInt16(($0 &* 7919 >> 3) % 16321) }
        var means = [Float](repeating: 0, count: 9)
        reel_square_means(cells, columns, 4, 3, 9, &means)
        for square in 0..<9 {
            var sum = 0
            for y in 0..<3 { for x in 0..<4 { sum += Int(cells[y * columns + square * 4 + x]) } }
            #expect(abs(Double(means[square]) - Double(sum) / 12 / 64) < 1e-3)
        }
        var beyond = 0
        for cell in cells { beyond += max(Int(cell) - 4000, 0) }
        #expect(reel_beyond(cells, cells.count, 4000) == UInt64(beyond))
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

    @Test(
        arguments: [
            // Rows from the top, how often they go to and fro, and how often with the last two swapped.
            ([100, 130, 100, 130], 7, 0), ([130, 100, 130, 100], 7, 0), ([100, 130, 130, 100], 0, 7),
            ([100, 100, 130, 130], 0, 0), ([100, 130, 130, 130], 0, 0), ([100, 111, 100, 111], 0, 0),
        ] as [([UInt8], UInt32, UInt32)])
    func `rows that go to and fro are counted`(_ rows: [UInt8], _ straight: UInt32, _ swapped: UInt32) {
        let samples = rows.flatMap { [UInt8](repeating: $0, count: 7) }
        var counts: [UInt32] = [0, 0]
        samples.withUnsafeBufferPointer { reel_zigzags_u8($0.baseAddress.map { $0 + 7 }, 7, 7, 12, &counts) }
        #expect(counts == [straight, swapped])
        counts = [0, 0]
        samples.map { UInt16($0) << 2 }.withUnsafeBufferPointer {
            reel_zigzags_u16($0.baseAddress.map { $0 + 7 }, 7, 7, 48, &counts)
        }
        #expect(counts == [straight, swapped])
    }

    private static func sums(_ rows: [UInt8], _ width: Int) -> [UInt16] {
        var sums = [UInt16](repeating: 0, count: width / 8)
        for row in 0..<8 {
            for x in 0..<width / 8 * 8 { sums[x / 8] += UInt16(rows[row * width + x]) }
        }
        return sums
    }
}
