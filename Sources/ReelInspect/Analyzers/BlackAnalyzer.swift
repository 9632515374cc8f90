internal import ReelModel

/// Spans in which the picture is black: at least 98 % of its pixels are at most `LumaReader.darkLimit`, for at least
/// 0.1 s. FFmpeg's `blackdetect` takes 98 %, 10 % of the way up from black, and 2 s, unless it is told otherwise; these
/// facts are finer, and a profile's thresholds judge them.
struct BlackAnalyzer: PictureAnalyzer {
    static let darkShare = 0.98
    static let shortest = 0.1

    private var spans: [TimeRange] = []
    private var current: TimeRange?

    init() {}

    mutating func see(_ picture: Picture) {
        guard let luma = picture.luma else { return }
        let isBlack = luma.pixels > 0 && Double(luma.dark) >= Self.darkShare * Double(luma.pixels)
        if isBlack {
            current = TimeRange(start: current?.start ?? picture.span.start, end: picture.span.end)
        } else if let span = current {
            // It lasts until the picture that is not black.
            close(TimeRange(start: span.start, end: max(picture.span.start, span.start)))
        }
    }

    mutating func finish(into measured: inout Measured) {
        if let current { close(current) }
        measured.black = spans
    }

    private mutating func close(_ span: TimeRange) {
        current = nil
        // Times come from decimal fractions of a second: a span of exactly the shortest length counts.
        if span.duration >= Self.shortest - 1e-6 { spans.append(span) }
    }
}
