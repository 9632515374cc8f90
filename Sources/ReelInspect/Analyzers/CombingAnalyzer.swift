internal import ReelModel

/// Frames whose rows are combed where something moves: two fields of different times, woven together. Edges that move
/// quickly show it by their teeth; what moves slowly, or has no edges, by the rows of one field, which have hardly moved
/// since the picture before, while those of the other went all the way. A frame that says that it is two fields may be;
/// one that does not was not taken apart when it was made progressive.
///
/// Grain has teeth, too, by chance and where a codec left more of it upright than sideways, and in it one row or the other
/// seems to stand. So teeth in it count only where rows are less alike than every second row is, over many frames; and of
/// the frames in which a row stands, those that the same row stands in, less those of the other: fields keep their order.
struct CombingAnalyzer: PictureAnalyzer {
    static let analysis = Analysis.combing
    static let needs: PictureNeeds = .combs
    /// Of the samples in parts that moved, how many have to be combed.
    private static let share = 0.02
    /// Fewer samples in parts that moved say nothing.
    private static let least = 2048
    /// Fewer pieces that were asked tell nothing of the fields: as many as those samples fill.
    private static let leastAsked = 8
    /// By how many times more samples stand out upright than sideways where no grain does that. Measured: grain and the
    /// rows of pattern noise 0.6 in a frame and 0.4 in many, woven fields 1.7 and 1.
    private static let clear = 1.0
    private static let clearTogether = 0.75
    /// Moving frames that are asked together, and by how many standard deviations more of their rows have to go to and fro
    /// than with two rows swapped. Measured in 240 films of grain: 2.2 at most.
    private static let together = 32
    private static let deviations = 4.0

    private var combing = Combing()
    private var small = 0
    private var seen = 0
    private var block = Block()
    private var upper = Found()
    private var lower = Found()

    init() {}

    mutating func see(_ picture: Picture) {
        let detail = picture.sums.detail
        seen += 1
        if detail.combable < Self.least { small += 1 }
        if picture.sums.isInterlaced { combing.flagged += 1 }
        guard detail.moving >= Self.least, picture.change?.isJump == false else { return }
        combing.moving += 1
        block.add(detail)
        let teeth = detail.upright - detail.sideways
        if Double(teeth) >= Self.share * Double(detail.moving) {
            let isClear = Double(teeth) >= Self.clear * Double(detail.sideways)
            if isClear { add(Found(picture.span)) }
            block.add(teeth: detail, isClear ? nil : picture.span)
        } else if detail.fields.asked >= Self.leastAsked, let row = detail.fields.standing {
            if row == .upper { upper.add(picture.span) } else { lower.add(picture.span) }
        }
        if block.frames == Self.together { closeBlock() }
    }

    mutating func finish(into _: inout Measured, _ picture: inout PictureMeasurements) {
        closeBlock()
        let (more, fewer) = upper.frames > lower.frames ? (upper, lower) : (lower, upper)
        if more.frames > fewer.frames { add(Found(frames: more.frames - fewer.frames, span: more.span)) }
        picture.tooSmall.combing = small
        picture.combing = small == seen ? .unknown("the picture is too small to tell combed rows") : .known(combing)
    }

    private mutating func closeBlock() {
        if block.isWoven { add(block.doubtful) }
        block = Block()
    }

    private mutating func add(_ found: Found) {
        combing.combed += found.frames
        guard let span = found.span else { return }
        combing.span = TimeRange(
            start: min(combing.span?.start ?? span.start, span.start), end: max(combing.span?.end ?? span.end, span.end)
        )
    }

    /// Frames, from the first to the last.
    private struct Found: Sendable {
        var frames = 0
        var span: TimeRange?

        init(frames: Int = 0, span: TimeRange? = nil) {
            self.frames = frames
            self.span = span
        }

        init(_ span: TimeRange) { self.init(frames: 1, span: span) }

        mutating func add(_ picture: TimeRange) {
            frames += 1
            span = TimeRange(start: span?.start ?? picture.start, end: picture.end)
        }
    }

    /// Some moving frames, one after another.
    private struct Block: Sendable {
        private(set) var frames = 0
        private var zigzags = SIMD2<Double>()
        private var upright = 0.0
        private var sideways = 0.0
        /// Frames whose teeth may be grain.
        private(set) var doubtful = Found()

        mutating func add(_ detail: DetailSums) {
            frames += 1
            zigzags += SIMD2(Double(detail.zigzags[0]), Double(detail.zigzags[1]))
        }

        /// - Parameter span: of a frame whose teeth may be grain.
        mutating func add(teeth detail: DetailSums, _ span: TimeRange?) {
            upright += Double(detail.upright)
            sideways += Double(detail.sideways)
            if let span { doubtful.add(span) }
        }

        var isWoven: Bool {
            zigzags[0] - zigzags[1] >= CombingAnalyzer.deviations * max(zigzags.sum(), 1).squareRoot()
                || upright - sideways >= CombingAnalyzer.clearTogether * sideways && upright > 0
        }
    }
}
