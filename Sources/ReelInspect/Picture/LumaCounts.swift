internal import CKernels

/// Counts dark samples of a picture for as long as it may be black. Cells tell cheaply how many samples at least are
/// brighter: most pictures are told after a few strips.
struct DarkCount<Sample: PictureSample> {
    private let limit: Sample
    /// The sum of a cell whose samples are all at the limit, and what each sample beyond adds at most.
    private let cellLimit: UInt16
    private let most: Double
    /// Samples that a black picture may have beyond the limit.
    private let allowed: Double
    private var beyond = 0.0
    private var count = 0

    /// - Parameter pixels: of the whole picture.
    init(limit: Sample, _ excess: Int, pixels: Int) {
        self.limit = limit
        let level = (Double(limit) / Double(1 << excess)).rounded(.up)
        cellLimit = UInt16(level * CellGrid.level)
        most = 256 - level
        allowed = (1 - PictureSums.blackShare) * Double(pixels)
    }

    /// Samples that are at most the limit; 0 of a picture that is certainly not black.
    var dark: Int { beyond > allowed ? 0 : count }

    /// A strip, with its cells.
    mutating func add(
        _ first: Sample.Row, _ stride: Int, _ width: Int, cells: UnsafePointer<UInt16>, _ columns: Int
    ) {
        guard beyond <= allowed else { return }
        beyond += Double(reel_beyond(cells, columns, cellLimit)) / most
        for row in 0..<CellGrid.side { add(row: first + row * stride, width) }
    }

    mutating func add(row: Sample.Row, _ width: Int) {
        if beyond <= allowed { count += Sample.countAtMost(row, width, limit) }
    }
}

/// Counts samples that are darker than one level, and brighter than another. Of most strips none is, which their extremes
/// tell.
struct LevelCount<Sample: PictureSample> {
    let least: Sample
    let most: Sample
    private(set) var below = 0
    private(set) var above = 0

    init(least: Sample, most: Sample) {
        self.least = least
        self.most = most
    }

    /// A strip.
    mutating func add(_ first: Sample.Row, _ stride: Int, _ width: Int) {
        var extremes = (Sample.max, Sample.min)
        withUnsafeMutableBytes(of: &extremes) {
            Sample.extremes(first, stride, width, $0.assumingMemoryBound(to: Sample.self).baseAddress)
        }
        guard extremes.0 < least || extremes.1 > most else { return }
        for row in 0..<CellGrid.side { add(row: first + row * stride, width) }
    }

    mutating func add(row: Sample.Row, _ width: Int) {
        if least > 0 { below += Sample.countAtMost(row, width, least - 1) }
        above += width - Sample.countAtMost(row, width, most)
    }
}
