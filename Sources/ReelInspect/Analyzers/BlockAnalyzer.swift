internal import ReelModel

/// Spans in which the edges of coding blocks show: neighbours across every eighth column differ more than others do.
struct BlockAnalyzer: PictureAnalyzer {
    /// How many times as much.
    private static let limit = 1.5
    private static let shortest = 0.1
    /// Mean difference of neighbours, in levels, below which a ratio says nothing.
    private static let least = 0.15
    /// Sampled pieces of rows: a picture of 854x480 has 90, one of 640x360 44.
    private static let leastPieces = 60

    private var spans: [StrengthSpan] = []
    private var running = RunningSpan()
    private var strength = 0.0

    init() {}

    mutating func see(_ picture: Picture) {
        let found = Self.strength(picture.sums)
        if found >= Self.limit {
            strength = max(running.span == nil ? 0 : strength, found)
            running.extend(over: picture.span)
        } else {
            close(running.end(at: picture.span.start))
        }
    }

    mutating func finish(into _: inout Measured, _ picture: inout PictureMeasurements) {
        close(running.end())
        picture.blocks = spans
    }

    private mutating func close(_ span: TimeRange?) {
        guard let span, span.isAtLeast(Self.shortest) else { return }
        spans.addWithinLimit(StrengthSpan(span: span, strength: strength))
    }

    /// The strongest column against the mean of those that lie three and four away from it.
    private static func strength(_ sums: PictureSums) -> Double {
        let phases = sums.detail.phases
        guard let strongest = phases.indices.max(by: { phases[$0] < phases[$1] }) else { return 0 }
        let far = [3, 4, 5].reduce(0.0) { $0 + Double(phases[(strongest + $1) % 8]) } / 3
        // In a small picture one edge that was drawn outweighs all others.
        guard sums.detail.pieces >= leastPieces else { return 0 }
        // Of 128 samples, 16 are in each column.
        guard Double(phases[strongest]) >= least * Double(sums.detail.pieces * 16) else { return 0 }
        return far > 0 ? Double(phases[strongest]) / far : 0
    }
}
