internal import ReelMedia
internal import ReelModel

/// Both planes of colour of a picture, in cells: a third of its samples, or more. They are read when somebody first asks
/// for them, which of most pictures nobody does whose luma tells enough; until then the picture is held.
final class ColorPlanes {
    private enum State: Sendable, Hashable { case none, held, read }

    private let frame: Frame
    private let cells: (blue: CellGrid, red: CellGrid)
    private var extents = (blue: CellGrid.Extent(), red: CellGrid.Extent())
    private var excess = 0
    private var state = State.none

    /// - Parameters:
    ///   - size: of the picture.
    ///   - shift: by how many bits a plane of colour is narrower and lower.
    init(_ size: Size, _ shift: (horizontal: Int, vertical: Int)) throws(Failure) {
        frame = try Frame()
        let width = (size.width + (1 << shift.horizontal) - 1) >> shift.horizontal
        let height = (size.height + (1 << shift.vertical) - 1) >> shift.vertical
        cells = (CellGrid(width: width, height: height), CellGrid(width: width, height: height))
    }

    /// Takes the next picture. Returns whether it has both planes.
    /// - Parameter excess: bits of a sample beyond 8.
    func take(_ picture: borrowing Frame, excess: Int) -> Bool {
        state = .none
        guard picture.withPlane(1, { _ in true }) == true, picture.withPlane(2, { _ in true }) == true,
            (try? frame.refer(to: picture)) != nil
        else { return false }
        self.excess = excess
        state = .held
        return true
    }

    /// The picture is held no longer: what was not asked for so far must not be any more.
    func letGo() {
        frame.clear()
        if state == .held { state = .none }
    }

    var blue: CellGrid { read().blue }
    var red: CellGrid { read().red }
    var blueExtent: CellGrid.Extent {
        _ = read()
        return extents.blue
    }
    var redExtent: CellGrid.Extent {
        _ = read()
        return extents.red
    }

    private func read() -> (blue: CellGrid, red: CellGrid) {
        if state == .read { return cells }
        precondition(state == .held, "colour is there for a picture and for the one before it")
        for (plane, grid) in [(1, cells.blue), (2, cells.red)] {
            _ = frame.withPlane(plane) { rows in
                if excess > 0 { read(rows, grid, UInt16.self) } else { read(rows, grid, UInt8.self) }
            }
        }
        extents = (cells.blue.extent, cells.red.extent)
        state = .read
        frame.clear()
        return cells
    }

    private func read<Sample: PictureSample>(_ rows: PlaneRows, _ grid: CellGrid, _: Sample.Type) {
        let width = min(rows.rowBytes / MemoryLayout<Sample>.stride, grid.columns * CellGrid.side)
        let stride = rows.stride / MemoryLayout<Sample>.stride
        for strip in 0..<min(rows.count / CellGrid.side, grid.rows) {
            guard let first = rows[strip * CellGrid.side].assumingMemoryBound(to: Sample.self).baseAddress else {
                continue
            }
            Sample.strip(first, stride, width, CUnsignedInt(excess), grid.cells + strip * grid.columns)
        }
    }
}
