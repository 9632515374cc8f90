internal import ReelModel

/// Spans in which the whole picture has one colour: all its cells within four levels, in luma and in both colour
/// differences. Black is not among them.
struct SingleColorAnalyzer: PictureAnalyzer {
    static let analysis = Analysis.singleColor
    static let shortest = 0.1

    private var spans = StrongestEntries<ColorSpan>(limit: PictureMeasurements.limit) { $0.span.duration }
    private var running = RunningSpan()
    private var color: ColorSpan?

    init() {}

    mutating func see(_ picture: Picture) {
        let sums = picture.sums
        let isOne = sums.isSingleColor && !sums.isBlack
        if let color, !isOne || !Self.isSame(color, sums), let span = running.end(at: picture.span.start) {
            close(span)
        }
        guard isOne else { return }
        if running.span == nil {
            color = ColorSpan(
                span: picture.span, luma: sums.lumaExtent.mean, blue: sums.blue.map { _ in sums.blueExtent.mean },
                red: sums.red.map { _ in sums.redExtent.mean })
        }
        running.extend(over: picture.span)
    }

    mutating func finish(into _: inout Measured, _ picture: inout PictureMeasurements) {
        if let span = running.end() { close(span) }
        picture.singleColor = spans.strongest
    }

    /// A fade from one colour to another is not one colour.
    private static func isSame(_ color: ColorSpan, _ sums: PictureSums) -> Bool {
        abs(color.luma - sums.lumaExtent.mean) <= 8 && abs((color.blue ?? 0) - sums.blueExtent.mean) <= 8
            && abs((color.red ?? 0) - sums.redExtent.mean) <= 8
    }

    private mutating func close(_ span: TimeRange) {
        guard var color, span.isAtLeast(Self.shortest) else { return }
        color.span = span
        spans.add(color)
    }
}
