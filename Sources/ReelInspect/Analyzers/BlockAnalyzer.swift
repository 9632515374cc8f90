internal import ReelModel

/// Spans in which the edges of coding blocks show: neighbours across every eighth column differ more than others do.
struct BlockAnalyzer: PictureAnalyzer {
    static let analysis = Analysis.blocks
    static let needs: PictureNeeds = .detail
    /// How many times as much.
    private static let limit = 1.5
    private static let shortest = 0.1
    /// Mean difference of neighbours, in levels, below which a ratio says nothing.
    private static let least = 0.15
    /// Sampled pieces of rows, of a picture that can be told: one of 854x480 has 90, one of 640x360 has 48.
    private static let leastPieces = 60

    private var spans = StrongestEntries<StrengthSpan>(limit: PictureMeasurements.limit) {
        ($0.span.duration, $0.strength)
    }
    private var running = RunningSpan()
    private var strength = 0.0
    private var small = 0
    private var seen = 0

    init() {}

    mutating func see(_ picture: Picture) {
        // In a small picture one edge that was drawn outweighs all others.
        let isSmall = picture.sums.detail.pieces < Self.leastPieces
        seen += 1
        if isSmall { small += 1 }
        let found = isSmall ? 0 : Self.strength(picture.sums)
        if found >= Self.limit {
            strength = max(running.span == nil ? 0 : strength, found)
            running.extend(over: picture.span)
        } else {
            close(running.end(at: picture.span.start))
        }
    }

    mutating func finish(into _: inout Measured, _ picture: inout PictureMeasurements) {
        close(running.end())
        picture.tooSmall.blocks = small
        picture.blocks =
            small == seen ? .unknown("the picture is too small to tell blocks from drawing") : .known(spans.strongest)
    }

    private mutating func close(_ span: TimeRange?) {
        guard let span, span.isAtLeast(Self.shortest) else { return }
        spans.add(StrengthSpan(span: span, strength: strength))
    }

    /// The strongest column against the mean of those that lie three and four away from it.
    private static func strength(_ sums: PictureSums) -> Double {
        let phases = sums.detail.phases
        guard let strongest = phases.indices.max(by: { phases[$0] < phases[$1] }) else { return 0 }
        let far = [3, 4, 5].reduce(0.0) { $0 + Double(phases[(strongest + $1) % 8]) } / 3
        // Of 128 samples, 16 are in each column.
        guard Double(phases[strongest]) >= least * Double(sums.detail.pieces * 16) else { return 0 }
        return far > 0 ? Double(phases[strongest]) / far : 0
    }
}
