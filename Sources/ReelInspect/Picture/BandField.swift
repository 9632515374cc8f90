internal import ReelModel

/// Staircases of flat cells: where brightness should go up or down smoothly and goes in steps instead. Told in tiles of
/// 8 x 8 cells, of 64 pixels a side; nothing is kept from one picture to the next but the memory.
struct BandField: Sendable {
    /// Levels from which a step counts: those of one level, which are the least that 8 bits have, and of two.
    static let heights = [0.9, 1.5]
    /// A larger step is the edge of something.
    private static let highest = 9.0
    /// Cells between two steps of one staircase, at most: bands of 256 pixels.
    private static let reach = 32
    /// Levels that a step has at least, by the cells that are not flat between one band and the next: one that noise or
    /// coding frayed takes several, in which there may be as many steps of a level. There are no more than these.
    private static let frayed = [0, 0, 3.5, 5.5]
    /// Of a tile with bands: so many cells at least are flat, of 64, and so many stand at a step. Noise that hides steps
    /// leaves 6 to 11 flat, measured; bands that are 16 pixels wide have 36.
    private static let leastFlat = 32
    private static let leastSteps = 4
    private static let side = 8
    /// What coding leaves: of the 64 samples of a flat cell of 8 bits, so many may be a level off.
    private static let strays = 2

    /// Tiles of a picture of which bands can be told from drawing: one of 480x270 has 28.
    static let leastTiles = 24
    /// Of the tiles, how many have steps of `heights` at least, from 0 to 1.
    private(set) var shares = [Double](repeating: 0, count: heights.count)

    private var flat: [Int32] = []
    private var steps: [[Int32]] = heights.map { _ in [] }
    private var stairs = heights.map { Stair(least: Int($0 * CellGrid.level)) }

    static func tiles(of sums: PictureSums) -> Int { sums.luma.columns / side * (sums.luma.rows / side) }

    mutating func read(_ sums: PictureSums) {
        let columns = sums.luma.columns / Self.side
        let rows = sums.luma.rows / Self.side
        let tiles = columns * rows
        guard tiles >= Self.leastTiles, let ranges = sums.ranges else { return }
        if flat.count != tiles { flat = [Int32](repeating: 0, count: tiles) }
        for tile in flat.indices { flat[tile] = 0 }
        for height in steps.indices {
            if steps[height].count != tiles { steps[height] = flat }
            for tile in flat.indices { steps[height][tile] = 0 }
        }
        let cells = Cells(sums, ranges, tileColumns: columns)
        for row in 0..<rows * Self.side { walk(cells, from: (row, 0), count: columns * Self.side, isRow: true) }
        for column in 0..<columns * Self.side { walk(cells, from: (0, column), count: rows * Self.side, isRow: false) }
        for height in steps.indices {
            let banded = flat.indices.count { flat[$0] >= Self.leastFlat && steps[height][$0] >= Self.leastSteps }
            shares[height] = Double(banded) / Double(tiles)
        }
    }

    /// Along a row of cells, or down a column.
    private mutating func walk(_ cells: Cells, from start: (row: Int, column: Int), count: Int, isRow: Bool) {
        for height in stairs.indices { stairs[height].end() }
        var level: Int?
        var gap = 0
        for place in 0..<count {
            let (row, column) = isRow ? (start.row, place) : (place, start.column)
            let cell = cells.at(row, column)
            guard cell.isFlat else {
                gap += 1
                if gap >= Self.frayed.count { level = nil }
                continue
            }
            let tile = cells.tile(row, column)
            if isRow { flat[tile] += 1 }
            if level == nil, gap > Self.frayed.count {
                for height in stairs.indices { stairs[height].end() }
            }
            if let before = level {
                for height in stairs.indices {
                    let told = stairs[height].step(cell.sum - before, at: place, over: gap)
                    if told.here { steps[height][tile] += 1 }
                    if let last = told.last {
                        let (row, column) = isRow ? (start.row, last) : (last, start.column)
                        steps[height][cells.tile(row, column)] += 1
                    }
                }
            }
            level = cell.sum
            gap = 0
        }
    }

    /// Steps that follow each other in one direction.
    private struct Stair {
        /// Of a cell's sum.
        let least: Int
        private var direction = 0
        private var last = 0
        private var isLastTold = false

        init(least: Int) { self.least = least }

        mutating func end() { direction = 0 }

        /// Whether the step there is one of a staircase, and the place of the one before, where it is not told yet.
        mutating func step(_ change: Int, at place: Int, over gap: Int) -> (here: Bool, last: Int?) {
            if abs(change) > Int(BandField.highest * CellGrid.level) {
                end()
                return (false, nil)
            }
            guard abs(change) >= max(least, Int(BandField.frayed[gap] * CellGrid.level)) else { return (false, nil) }
            let goesOn = change.signum() == direction && place - last <= BandField.reach
            let before = goesOn && !isLastTold ? last : nil
            direction = change.signum()
            last = place
            isLastTold = goesOn
            return (goesOn, before)
        }
    }

    /// The cells of a picture, and which of them are flat.
    private struct Cells {
        private let sums: UnsafeMutablePointer<UInt16>
        private let ranges: UnsafeMutablePointer<UInt16>
        private let columns: Int
        private let tileColumns: Int
        private let isEightBits: Bool
        /// Of a flat cell, how far its samples may lie apart: a level in 8 bits. In more, where a slow gradient has steps
        /// as fine as that, they are all alike.
        private let most: UInt16

        init(_ picture: PictureSums, _ ranges: CellGrid, tileColumns: Int) {
            sums = picture.luma.cells
            self.ranges = ranges.cells
            columns = picture.luma.columns
            self.tileColumns = tileColumns
            isEightBits = picture.excess == 0
            most = isEightBits ? 1 : 0
        }

        func tile(_ row: Int, _ column: Int) -> Int {
            row / BandField.side * tileColumns + column / BandField.side
        }

        func at(_ row: Int, _ column: Int) -> (sum: Int, isFlat: Bool) {
            let place = row * columns + column
            let sum = Int(sums[place])
            guard ranges[place] <= most else { return (sum, false) }
            let part = sum % Int(CellGrid.level)
            return (sum, !isEightBits || min(part, Int(CellGrid.level) - part) <= BandField.strays)
        }
    }
}
