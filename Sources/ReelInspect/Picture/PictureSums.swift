internal import ReelModel

/// What one visit of each row of a picture leaves: its planes in cells, counts of its samples, and what some of its rows
/// told sample by sample. Made once for a size and filled again and again.
final class PictureSums {
    let size: Size
    let luma: CellGrid
    /// Colour difference, where the format has it in planes of its own: Cb and Cr.
    let blue: CellGrid?
    let red: CellGrid?
    /// By how many bits a plane of colour is narrower and lower.
    let chromaShift: (horizontal: Int, vertical: Int)

    var span = TimeRange(start: 0, end: 0)
    var isFullRange = false
    var isInterlaced = false
    var isHighDynamicRange = false
    var lumaWeights = (red: 0.2126, blue: 0.0722)
    var pixels = 0
    /// Pixels at most as bright as `darkLimit`.
    var dark = 0
    /// Pixels darker than 5, and brighter than 246.
    var below = 0
    var above = 0
    var lumaExtent = CellGrid.Extent()
    var blueExtent = CellGrid.Extent()
    var redExtent = CellGrid.Extent()
    var detail = DetailSums()
    /// Against the picture before; `nil` where there is none of that size.
    var change: PictureChange?

    /// In limited range of 8 bits (ITU-R BT.601: black is 16, white 235): 7.3 % of the way up. FFmpeg's `blackdetect`
    /// has 10 % unless it is told otherwise.
    static let darkLimit = 32.0

    init(size: Size, chroma: (horizontal: Int, vertical: Int)?) {
        self.size = size
        luma = CellGrid(width: size.width, height: size.height)
        chromaShift = chroma ?? (0, 0)
        if let chroma {
            let width = (size.width + (1 << chroma.horizontal) - 1) >> chroma.horizontal
            let height = (size.height + (1 << chroma.vertical) - 1) >> chroma.vertical
            blue = CellGrid(width: width, height: height)
            red = CellGrid(width: width, height: height)
        } else {
            blue = nil
            red = nil
        }
    }

    /// Levels from black to white, and where black is.
    var range: Double { isFullRange ? 255 : 219 }
    var blackLevel: Double { isFullRange ? 0 : 16 }

    var darkShare: Double { pixels > 0 ? Double(dark) / Double(pixels) : 0 }
    /// The mean of luma, from black (0) to white (1).
    var brightness: Double { (lumaExtent.mean - blackLevel) / range }
    /// At least 98 % of the pixels are dark.
    var isBlack: Bool { pixels > 0 && darkShare >= 0.98 }
    /// All cells of all planes are equal within four levels: what coding makes of one colour.
    var isSingleColor: Bool {
        luma.count > 0
            && [lumaExtent, blueExtent, redExtent].allSatisfy { $0.most - $0.least <= Self.colorTolerance }
    }
    /// Nothing can be seen.
    var isEmpty: Bool { isBlack || isSingleColor }
    private static let colorTolerance = 4.0
}

/// What a sample of rows told: one of every 32, in pieces of 128 samples; for combed rows in small pictures, one of
/// every 8.
struct DetailSums: Sendable {
    /// Small differences between neighbours in a row, by the place of the second, modulo 8; in levels.
    var phases = SIMD8<UInt32>()
    /// Pieces in all.
    var pieces = 0
    /// Pieces with something in them, and those of them with a sharp edge.
    var textured = 0
    var sharp = 0
    /// Samples that are looked at for combed rows where they move.
    var combable = 0
    /// Samples of pieces that moved, and by how many more of them stand out upright than sideways.
    var moving = 0
    var combed = 0
}

/// How a picture differs from the one before.
struct PictureChange: Sendable {
    var luma: CellGrid.Difference
    /// The larger of both colour planes'.
    var chroma: CellGrid.Difference
    /// Every cell goes on as it went before: a fade, or one picture dissolving into the next.
    var isEven = false
    /// See `CellGrid.correlation`; only of large changes.
    var correlation: Double?

    /// Nothing changed but what coding leaves.
    var isNone: Bool {
        luma.mean <= Self.noiseMean && luma.littleShare == 0 && chroma.mean <= Self.noiseMean
            && chroma.muchShare == 0
    }
    /// Something moves: not everything evenly, and more than a cursor or two.
    var isMotion: Bool { !isEven && luma.littleShare >= Self.motionShare }
    /// Another picture.
    var isJump: Bool { luma.mean >= Self.jumpMean && (correlation ?? 1) < 0.6 }

    static let noiseMean = 0.05
    static let motionShare = 0.003
    static let jumpMean = 6.0

    /// Whether that is how much two takes of one picture differ when both are coded: a little everywhere, and much
    /// nowhere.
    static func isStill(_ difference: CellGrid.Difference) -> Bool {
        difference.mean <= 0.3 && difference.muchShare <= 0.0003
    }
}

/// One picture, as analyzers see it, with some before it.
struct Picture {
    let sums: PictureSums
    private let past: PictureReader

    init(_ sums: PictureSums, past: PictureReader) {
        self.sums = sums
        self.past = past
    }

    var span: TimeRange { sums.span }
    var change: PictureChange? { sums.change }

    /// The picture that many before this one, up to four; `nil` where there is none, or it had another size.
    func before(_ distance: Int) -> PictureSums? { past.picture(before: distance) }
}
