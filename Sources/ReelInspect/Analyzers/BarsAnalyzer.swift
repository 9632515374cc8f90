internal import ReelModel

/// Black bars that stay for the whole film: rows and columns of cells, from each edge, that are never brighter than
/// black; where there are none, rows and columns of samples. They are bars where something stands right up to them: a
/// title in the middle of a black picture has none.
struct BarsAnalyzer: PictureAnalyzer {
    static let analysis = Analysis.bars
    static let needs: PictureNeeds = .edges
    /// Of the row of cells next to a bar, how much has to be picture.
    private static let straightness = 0.5

    /// Each cell as bright as it ever was.
    private var most: [UInt16] = []
    private var edges = EdgeLines()
    private var columns = 0
    private var rows = 0
    private var size = Size(width: 0, height: 0)
    private var limit = 0.0
    private var hasChanged = false

    init() {}

    mutating func see(_ picture: Picture) {
        let sums = picture.sums
        if size != sums.size, size.width > 0 { hasChanged = true }
        size = sums.size
        columns = sums.luma.columns
        rows = sums.luma.rows
        limit = sums.blackLevel + PictureSums.blackTolerance
        sums.luma.raise(&most)
        if let lines = sums.edges { edges.raise(lines) }
    }

    mutating func finish(into _: inout Measured, _ picture: inout PictureMeasurements) {
        guard !hasChanged else {
            picture.bars = .unknown("the size of the picture changes")
            return
        }
        guard columns > 0, rows > 0, most.count == columns * rows else {
            picture.bars = .unknown("the picture is smaller than \(CellGrid.side) pixels")
            return
        }
        let lit = most.map { Double($0) / CellGrid.level > limit }
        guard lit.contains(true) else {
            picture.bars = .unknown(PictureMeasurements.black)
            return
        }
        let across = { (row: Int) in (0..<columns).count { lit[row * columns + $0] } }
        let down = { (column: Int) in (0..<rows).count { lit[$0 * columns + column] } }
        let top = Self.bar((0..<rows).map(across), of: columns)
        let bottom = Self.bar((0..<rows).reversed().map(across), of: columns)
        let left = Self.bar((0..<columns).map(down), of: rows)
        let right = Self.bar((0..<columns).reversed().map(down), of: rows)
        picture.bars = .known(
            PictureBars(
                top: top > 0 ? top * CellGrid.side : Self.lines(edges.top),
                bottom: bottom > 0 ? Self.pixels(bottom, size.height) : Self.lines(edges.bottom),
                left: left > 0 ? left * CellGrid.side : Self.lines(edges.left),
                right: right > 0 ? Self.pixels(right, size.width) : Self.lines(edges.right)))
    }

    /// A bar narrower than a cell. A single line is none: many cameras and scalers leave one.
    private static func lines(_ lit: SIMD8<Float>) -> Int {
        let black = (0..<CellGrid.side).prefix { lit[$0] == 0 }.count
        guard black > 1, black < CellGrid.side else { return 0 }
        // Coding spreads the edge over a line or two.
        let next = (black..<min(black + 3, CellGrid.side)).map { Double(lit[$0]) }.max() ?? 0
        return next >= straightness ? black : 0
    }

    /// What is left over at the right and at the bottom is in no cell: it belongs to the bar there.
    private static func pixels(_ cells: Int, _ side: Int) -> Int {
        cells == 0 ? 0 : cells * CellGrid.side + side % CellGrid.side
    }

    /// How many lines of cells from the edge are never lit, where the one next to them is a straight edge of pictures.
    private static func bar(_ lit: [Int], of length: Int) -> Int {
        guard let first = lit.firstIndex(where: { $0 > 0 }), first > 0 else { return 0 }
        // The edge may lie inside the first line that is lit.
        let edge = lit[first...].prefix(2).max() ?? 0
        let widest = lit.max() ?? 0
        return Double(edge) >= straightness * Double(widest) && Double(widest) >= straightness * Double(length)
            ? first : 0
    }
}
