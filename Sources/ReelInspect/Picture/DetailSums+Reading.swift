internal import ReelModel

/// Reading rows sample by sample.
extension DetailSums {
    /// Samples of a row that are told together.
    private static let piece = 128
    /// Mean difference of neighbours from which a piece has something in it, in levels.
    private static let textureLevel = 1.5
    /// Of a piece with one sharp edge, how far the second differences reach, measured by the first: an edge from one
    /// sample to the next has 2, one that takes many samples next to nothing. Measured: 1.3 and more in pictures of
    /// their own size, 1.0 in the sharpest places of one enlarged twice, 0.86 of one blurred by 4 pixels.
    private static let sharpness = 0.9
    /// A larger difference of neighbours was drawn, in levels.
    private static let drawnLevel = 32
    /// Levels by which a combed sample stands out.
    private static let combLevel = 12
    /// Levels by which a cell that moved changed.
    private static let moveLevel = 2
    /// Levels that the quicker of two rows has to go, and of that how far the other one may go that stands still.
    private static let fieldLevel = 0.5
    private static let fieldShare = 0.4

    /// - Parameters:
    ///   - row: the row at hand.
    mutating func read<Sample: PictureSample>(_ row: UnsafePointer<Sample>, _ width: Int, _ excess: Int) {
        var x = 0
        while x + Self.piece + 2 <= width {
            var totals: (steps: UInt32, bends: UInt32) = (0, 0)
            withUnsafeMutableBytes(of: &phases) { phases in
                withUnsafeMutableBytes(of: &totals) { totals in
                    Sample.detail(
                        row + x, Self.piece + 2, CUnsignedInt(excess), UInt32(Self.drawnLevel << excess),
                        phases.assumingMemoryBound(to: UInt32.self).baseAddress,
                        totals.assumingMemoryBound(to: UInt32.self).baseAddress)
                }
            }
            pieces += 1
            if Double(totals.steps) >= Self.textureLevel * Double(Self.piece) {
                textured += 1
                if Double(totals.bends) >= Self.sharpness * Double(totals.steps) { sharp += 1 }
            }
            x += Self.piece
        }
    }

    /// Whether a picture is so small that one row of every 32 has too few samples to tell combed rows by: less than
    /// 480 lines of 854.
    static func isSmall(_ size: Size) -> Bool { size.width * size.height < 854 * 480 }

    /// Looks for combed rows where something moves.
    ///
    /// - Parameters:
    ///   - row: the row at hand; there are rows above and two below it.
    ///   - cells: of the strip that it stands in, and of the same strip of the picture before.
    ///   - kept: the row and the next one, of the picture before where there is one; these take their place.
    mutating func readCombs<Sample: PictureSample>(
        _ row: UnsafePointer<Sample>, _ stride: Int, _ width: Int, _ excess: Int, _ cells: UnsafePointer<UInt16>,
        before: UnsafePointer<UInt16>?, kept: UnsafeMutablePointer<Sample>
    ) {
        defer {
            kept.update(from: row, count: width)
            (kept + width).update(from: row + stride, count: width)
        }
        var x = 0
        while x + Self.piece + 2 <= width {
            combable += 2 * Self.piece
            if let before, Self.moved(cells + x / CellGrid.side, before + x / CellGrid.side) {
                comb(row + x, stride, excess)
                askFields(row + x, stride, excess, kept + x, kept + width + x)
            }
            // The last piece ends where the row does, unless most of it would be looked at twice.
            let rest = (width - 2 - Self.piece) / CellGrid.side * CellGrid.side
            x += rest > x && rest - x < Self.piece && rest - x >= Self.piece / 2 ? rest - x : Self.piece
        }
    }

    /// Noise stands out from the samples at both sides as often as from those above and below, and goes to and fro from
    /// row to row as often as it does with two rows in each other's place.
    private mutating func comb<Sample: PictureSample>(_ row: UnsafePointer<Sample>, _ stride: Int, _ excess: Int) {
        let count = Self.piece
        let limit = Self.combLevel << excess
        for row in [row, row + stride] {
            let upright = Sample.combed(row - stride, row, row + stride, count, limit)
            let sideways = Sample.combed(row, row + 1, row + 2, count, limit)
            moving += count
            self.upright += upright
            self.sideways += sideways
        }
        withUnsafeMutableBytes(of: &zigzags) {
            Sample.zigzags(row, stride, count, UInt32(limit), $0.assumingMemoryBound(to: UInt32.self).baseAddress)
        }
    }

    /// What a row differs from what its neighbours tell of it, more so in the picture before than in this one, is motion:
    /// detail and noise are the same in both.
    private mutating func askFields<Sample: PictureSample>(
        _ row: UnsafePointer<Sample>, _ stride: Int, _ excess: Int, _ before: UnsafePointer<Sample>,
        _ nextBefore: UnsafePointer<Sample>
    ) {
        var apart: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &apart) {
            Sample.fields(
                row, stride, before, nextBefore, Self.piece, $0.assumingMemoryBound(to: UInt32.self).baseAddress)
        }
        let upper = Double(apart.1) - Double(apart.0)
        let lower = Double(apart.3) - Double(apart.2)
        guard max(upper, lower) >= Self.fieldLevel * Double(2 * Self.piece << excess) else { return }
        fields.asked += 1
        if upper < Self.fieldShare * lower { fields.upper += 1 }
        if lower < Self.fieldShare * upper { fields.lower += 1 }
    }

    private static func moved(_ cells: UnsafePointer<UInt16>, _ before: UnsafePointer<UInt16>) -> Bool {
        for cell in 0..<piece / CellGrid.side
        where abs(Int(cells[cell]) - Int(before[cell])) > moveLevel * Int(CellGrid.level) {
            return true
        }
        return false
    }
}
