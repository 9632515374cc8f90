internal import ReelModel

/// Luma beyond what limited range has room for. EBU R 103 tolerates 5 to 246 in 8 bits, and up to 1 % of a picture
/// beyond.
struct LevelAnalyzer: PictureAnalyzer {
    static let analysis = Analysis.levels
    static let needs: PictureNeeds = .levels
    static let tolerated = 0.01

    private var below = 0.0
    private var above = 0.0
    private var frames = 0
    private var span: TimeRange?
    private var isLimited = false

    init() {}

    mutating func see(_ picture: Picture) {
        let sums = picture.sums
        guard !sums.isFullRange, sums.pixels > 0 else { return }
        isLimited = true
        let low = Double(sums.below) / Double(sums.pixels)
        let high = Double(sums.above) / Double(sums.pixels)
        below = max(below, low)
        above = max(above, high)
        guard low + high > Self.tolerated else { return }
        frames += 1
        span = TimeRange(start: span?.start ?? picture.span.start, end: picture.span.end)
    }

    mutating func finish(into _: inout Measured, _ picture: inout PictureMeasurements) {
        if isLimited { picture.levels = LevelExcess(below: below, above: above, frames: frames, span: span) }
    }
}
