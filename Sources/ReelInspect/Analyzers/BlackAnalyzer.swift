internal import ReelModel

/// Spans in which the picture is black: at least 98 % of its pixels are at most `PictureSums.darkLimit`, for at least
/// 0.1 s. FFmpeg's `blackdetect` takes 98 %, 10 % of the way up from black, and 2 s, unless it is told otherwise; these
/// facts are finer, and a profile's thresholds judge them.
struct BlackAnalyzer: PictureAnalyzer {
    static let analysis = Analysis.black
    static let shortest = 0.1

    private var spans: [TimeRange] = []
    private var running = RunningSpan()

    init() {}

    mutating func see(_ picture: Picture) {
        if picture.sums.isBlack {
            running.extend(over: picture.span)
        } else if let span = running.end(at: picture.span.start) {
            close(span)
        }
    }

    mutating func finish(into measured: inout Measured, _: inout PictureMeasurements) {
        if let span = running.end() { close(span) }
        measured.black = spans
    }

    private mutating func close(_ span: TimeRange) {
        if span.isAtLeast(Self.shortest) { spans.append(span) }
    }
}
