internal import ReelModel

/// Spans in which nothing is sharp though there is something to see: of the sampled pieces of rows that have something in
/// them, next to none has a sharp edge.
struct BlurAnalyzer: PictureAnalyzer {
    static let analysis = Analysis.blur
    static let needs: PictureNeeds = .detail
    private static let sharpShare = 0.02
    private static let leastTexture = 0.05
    private static let shortest = 0.2

    private var spans = StrongestEntries<StrengthSpan>(limit: PictureMeasurements.limit) {
        ($0.span.duration, $0.strength)
    }
    private var running = RunningSpan()
    private var strength = 0.0
    private var small = 0
    private var seen = 0

    init() {}

    mutating func see(_ picture: Picture) {
        let detail = picture.sums.detail
        seen += 1
        if detail.pieces == 0 { small += 1 }
        // A picture with nothing in it is not blurred: what was found so far ends.
        let isTold = detail.pieces > 0 && Double(detail.textured) >= Self.leastTexture * Double(detail.pieces)
        let sharp = isTold ? Double(detail.sharp) / Double(detail.textured) : 1
        if sharp <= Self.sharpShare {
            strength = max(running.span == nil ? 0 : strength, 1 - sharp)
            running.extend(over: picture.span)
        } else {
            close(running.end(at: picture.span.start))
        }
    }

    mutating func finish(into _: inout Measured, _ picture: inout PictureMeasurements) {
        close(running.end())
        picture.tooSmall.blur = small
        picture.blur =
            small == seen
            ? .unknown("the picture is narrower than a piece of a row to look at") : .known(spans.strongest)
    }

    private mutating func close(_ span: TimeRange?) {
        guard let span, span.isAtLeast(Self.shortest) else { return }
        spans.add(StrengthSpan(span: span, strength: strength))
    }
}
