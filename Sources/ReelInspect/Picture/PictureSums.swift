internal import ReelMedia
internal import ReelModel

/// What one visit of each row of a picture leaves: its planes in cells, counts of its samples, and what some of its rows
/// told sample by sample. Made once for a size and filled again and again.
final class PictureSums {
    let size: Size
    let luma: CellGrid
    /// Colour difference, where the format has it in planes of its own.
    let color: ColorPlanes?
    /// By how many bits a plane of colour is narrower and lower.
    let chromaShift: (horizontal: Int, vertical: Int)

    var span = TimeRange(start: 0, end: 0)
    /// Bits of a sample beyond 8.
    var excess = 0
    /// Only of some pictures: how far the samples of each cell of luma lie apart, in their own steps. The next picture
    /// takes its place.
    var ranges: CellGrid?
    var isFullRange = false
    var isInterlaced = false
    /// Coded without others.
    var isKey = false
    /// `nil` where it is standard, or not said.
    var highDynamicRange: HighDynamicRange?
    /// Whether its planes of colour are differences from luma, by `lumaWeights`.
    var isLumaAndDifferences = true
    var lumaWeights = (red: 0.2126, blue: 0.0722)
    var pixels = 0
    /// Pixels at most as bright as `darkLimit`; 0 where the picture is certainly not black.
    var dark = 0
    /// Pixels darker than 5, and brighter than 246.
    var below = 0
    var above = 0
    var lumaExtent = CellGrid.Extent()
    var detail = DetailSums()
    /// Only of some pictures, as bars stay.
    var edges: EdgeLines?
    /// Only of some pictures, where lettering is looked for.
    var sketch: LumaSketch?
    /// Against the picture before; `nil` where there is none of that size.
    var change: PictureChange?

    /// In limited range of 8 bits (ITU-R BT.601: black is 16, white 235): 7.3 % of the way up. FFmpeg's `blackdetect`
    /// has 10 % unless it is told otherwise.
    static let darkLimit = 32.0

    init(size: Size, chroma: (horizontal: Int, vertical: Int)?) throws(Failure) {
        self.size = size
        luma = CellGrid(width: size.width, height: size.height)
        chromaShift = chroma ?? (0, 0)
        if let chroma { color = try ColorPlanes(size, chroma) } else { color = nil }
    }

    /// Cb and Cr, where there is colour. Of a picture and of the one before it; of earlier ones where they were asked for
    /// then.
    var blue: CellGrid? { color?.blue }
    var red: CellGrid? { color?.red }
    var blueExtent: CellGrid.Extent { color?.blueExtent ?? CellGrid.Extent() }
    var redExtent: CellGrid.Extent { color?.redExtent ?? CellGrid.Extent() }

    /// Levels above black that coding leaves of it.
    static let blackTolerance = 8.0

    /// Levels from black to white, and where black is.
    var range: Double { isFullRange ? 255 : 219 }
    var blackLevel: Double { isFullRange ? 0 : 16 }

    var darkShare: Double { pixels > 0 ? Double(dark) / Double(pixels) : 0 }
    /// The mean of luma, from black (0) to white (1).
    var brightness: Double { (lumaExtent.mean - blackLevel) / range }
    /// Of the pixels of a black picture, how many are dark.
    static let blackShare = 0.98
    /// At least 98 % of the pixels are dark, and they are not the green of samples that are all zero.
    var isBlack: Bool { pixels > 0 && darkShare >= Self.blackShare && !isGreen }
    /// Far below the middle in both colour differences; black has 128.
    private var isGreen: Bool { color != nil && max(blueExtent.mean, redExtent.mean) < 64 }
    /// All cells of all planes are equal within four levels: what coding makes of one colour.
    var isSingleColor: Bool {
        luma.count > 0 && Self.isPlain(lumaExtent) && Self.isPlain(blueExtent) && Self.isPlain(redExtent)
    }
    private static func isPlain(_ extent: CellGrid.Extent) -> Bool { extent.most - extent.least <= colorTolerance }
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
    /// Samples of pieces that moved; of these, how many stand out from those above and below, and how many from those at
    /// both sides.
    var moving = 0
    var upright = 0
    var sideways = 0
    /// Of half as many, where four rows go to and fro; and where they would, were two of them swapped.
    var zigzags = SIMD2<UInt32>()
    var fields = FieldVotes()
}

/// Pieces of two rows, one below the other, where something moves: how far it went from the picture before, for each of
/// the rows. Both go as far, unless they are rows of two fields: then one of them is next to where it was.
struct FieldVotes: Sendable {
    /// Pieces that moved enough to be asked.
    var asked = 0
    /// Those in which the upper, and in which the lower row stands next to where it was.
    var upper = 0
    var lower = 0

    /// Of the pieces that were asked, how many have to say the same, and how many may say the opposite. Measured of
    /// fourteen pictures coded by H.264: of woven fields 0.4 to 0.9 and at most 0.1, of progressive ones 0.1 and as many.
    private static let agreement = 0.5
    private static let dissent = 0.15

    /// Which of the rows stands, where the pieces agree that one does.
    var standing: Row? {
        guard Double(max(upper, lower)) >= Self.agreement * Double(asked),
            Double(min(upper, lower)) <= Self.dissent * Double(asked)
        else { return nil }
        return upper > lower ? .upper : .lower
    }

    enum Row: Sendable { case upper, lower }
}

/// How a picture differs from the one before.
struct PictureChange: Sendable {
    var luma: CellGrid.Difference
    /// The larger of both colour planes', where nothing but noise changed in luma; else nobody asks for it.
    var chroma = CellGrid.Difference()
    /// Every cell goes on as it went before: a fade, or one picture dissolving into the next.
    var isEven = false
    /// See `CellGrid.correlation`; only of large changes.
    var correlation: Double?

    /// Nothing changed but what coding leaves.
    var isNone: Bool { isNoneInLuma && chroma.mean <= Self.noiseMean && chroma.muchShare == 0 }
    var isNoneInLuma: Bool { luma.mean <= Self.noiseMean && luma.littleShare == 0 }
    /// Something moves: not everything evenly, and more than a cursor or two.
    var isMotion: Bool { !isEven && luma.littleShare >= Self.motionShare }
    /// Another picture.
    var isJump: Bool { luma.mean >= Self.jumpMean && (correlation ?? 1) < 0.6 }

    static let noiseMean = 0.05
    static let motionShare = 0.003
    /// Where fewer cells than that change much, a shade changes by a level or two, which nobody sees move.
    static let visibleShare = 0.002
    static let jumpMean = 6.0

    /// Whether that is how much two takes of one picture differ when both are coded: a little everywhere, and much
    /// nowhere.
    static func isStill(_ difference: CellGrid.Difference) -> Bool {
        difference.mean <= 0.3 && difference.muchShare <= 0.0003
    }

    /// The same where one of both is a key frame, which is coded anew as a whole. Measured in H.264 of constant quality:
    /// 0.36 to 0.46 levels, none of them much.
    static func isStillAnew(_ difference: CellGrid.Difference) -> Bool {
        difference.mean <= 0.8 && difference.muchShare <= 0.0003
    }

    /// The same of a key frame and the picture right before it. Coarse coding changes a cell here and there much among many
    /// that it changes a little; what moves changes its own cells alone. Measured in H.264 of constant quality at crf 28:
    /// of the cells that change a little, 0 to 2.7 % change much.
    static func isCodedAnew(_ difference: CellGrid.Difference) -> Bool {
        difference.mean <= 0.8 && difference.muchShare <= 0.05 * difference.littleShare
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

    /// The picture that many before this one, up to eight; `nil` where there is none, or it had another size.
    func before(_ distance: Int) -> PictureSums? { past.picture(before: distance) }
}
