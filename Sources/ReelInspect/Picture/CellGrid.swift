internal import CKernels

/// One plane of a picture in cells of 8 x 8 samples: each the sum of its samples on the scale of 8 bits, so that one
/// level is 64. What is left over at the right and at the bottom is in no cell.
final class CellGrid {
    /// What one level of 8 bits is in a cell.
    static let level = 64.0
    static let side = Int(REEL_CELL)

    let columns: Int
    let rows: Int
    let cells: UnsafeMutablePointer<UInt16>

    /// - Parameters: the plane's width and height in samples.
    init(width: Int, height: Int) {
        columns = width / Self.side
        rows = height / Self.side
        cells = .allocate(capacity: max(columns * rows, 1))
        cells.initialize(repeating: 0, count: max(columns * rows, 1))
    }

    deinit { cells.deallocate() }

    var count: Int { columns * rows }

    /// Darkest, brightest and mean cell, in levels.
    struct Extent: Sendable {
        var least = 0.0
        var most = 0.0
        var mean = 0.0
    }

    var extent: Extent {
        guard count > 0 else { return Extent() }
        let found = reel_extent_of(cells, count)
        return Extent(
            least: Double(found.least) / Self.level, most: Double(found.most) / Self.level,
            mean: Double(found.sum) / Self.level / Double(count))
    }

    /// Keeps these cells beyond the next picture. Memory is taken only where the size has changed.
    func keep(in kept: inout [UInt16]) {
        if kept.count != count { kept = [UInt16](repeating: 0, count: count) }
        kept.withUnsafeMutableBufferPointer {
            _ = $0.update(fromContentsOf: UnsafeBufferPointer(start: cells, count: count))
        }
    }

    /// Raises each of `most` to the cell at its place.
    func raise(_ most: inout [UInt16]) {
        if most.count != count { return keep(in: &most) }
        most.withUnsafeMutableBufferPointer { reel_raise($0.baseAddress, cells, count) }
    }

    /// How many cells are from one level to another.
    func countWithin(_ levels: ClosedRange<Double>) -> Int {
        Int(
            reel_count_within(
                cells, count, UInt16(clamping: Int((levels.lowerBound * Self.level).rounded())),
                UInt16(clamping: Int((levels.upperBound * Self.level).rounded()))))
    }

    /// Of the places, in how many both planes are at most that level, from 0 to 1.
    func shareAtMost(_ level: Double, both other: CellGrid) -> Double {
        guard count > 0, count == other.count else { return 0 }
        let found = reel_count_both_at_most(cells, other.cells, count, UInt16(level * Self.level))
        return Double(found) / Double(count)
    }

    // MARK: Against another picture's

    /// How far two pictures lie apart.
    struct Difference: Sendable {
        /// In levels.
        var mean = 0.0
        /// Cells that differ by more than `little` and by more than `much` levels, of all, from 0 to 1.
        var littleShare = 0.0
        var muchShare = 0.0

        static let little = 1.5
        static let much = 4.0
    }

    func difference(to other: CellGrid) -> Difference { difference(to: other.cells, other.count) }

    func difference(to kept: [UInt16]) -> Difference {
        kept.withUnsafeBufferPointer { difference(to: $0.baseAddress, $0.count) }
    }

    private func difference(to other: UnsafePointer<UInt16>?, _ otherCount: Int) -> Difference {
        guard count > 0, count == otherCount else { return Difference() }
        let found = reel_difference_of(
            cells, other, count, UInt16(Difference.little * Self.level), UInt16(Difference.much * Self.level))
        let all = Double(count)
        return Difference(
            mean: Double(found.sum) / Self.level / all, littleShare: Double(found.beyond_little) / all,
            muchShare: Double(found.beyond_much) / all)
    }

    /// How far this picture, the one before and the one before that are from changing evenly, in levels a cell.
    func bend(_ before: CellGrid, _ earlier: CellGrid) -> Double {
        guard count > 0, count == before.count, count == earlier.count else { return 0 }
        return Double(reel_bend_of(cells, before.cells, earlier.cells, count)) / Self.level / Double(count)
    }

    /// From -1 to 1: whether what is bright in one picture is bright in the other. 0 where one of them is plain.
    func correlation(with other: CellGrid) -> Double {
        guard count > 0, count == other.count else { return 0 }
        let products = reel_products_of(cells, other.cells, count)
        // The products are of quarters.
        let scale = Self.level / 4
        let n = Double(count)
        let mine = extent.mean * scale
        let its = other.extent.mean * scale
        let spread = Double(products.aa) / n - mine * mine
        let otherSpread = Double(products.bb) / n - its * its
        // Less than one level is plain.
        guard spread > scale * scale, otherSpread > scale * scale else { return 0 }
        return (Double(products.ab) / n - mine * its) / (spread * otherSpread).squareRoot()
    }
}
