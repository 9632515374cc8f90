internal import ReelModel

/// Spans in which smooth parts of the picture go in steps. One picture in several is looked at; what it has lasts until the
/// next one that has not.
struct BandAnalyzer: PictureAnalyzer {
    static let analysis = Analysis.bands
    static let needs: PictureNeeds = .ranges
    /// Of the picture, less is not told of.
    private static let leastShare = 0.02

    private var field = BandField()
    private var kinds = BandField.heights.map { _ in Kind() }
    private var small = 0
    private var seen = 0

    init() {}

    mutating func see(_ picture: Picture) {
        let isSmall = BandField.tiles(of: picture.sums) < BandField.leastTiles
        seen += 1
        if isSmall { small += 1 }
        if picture.sums.ranges != nil {
            field.read(picture.sums)
            for height in kinds.indices {
                kinds[height].see(isSmall ? 0 : field.shares[height], at: picture.span, least: Self.leastShare)
            }
        }
        for height in kinds.indices { kinds[height].goOn(over: picture.span) }
    }

    mutating func finish(into _: inout Measured, _ picture: inout PictureMeasurements) {
        picture.tooSmall.bands = small
        guard small < seen else {
            picture.bands = .unknown("the picture is too small to tell bands from drawing")
            return
        }
        let spans = kinds.indices.flatMap { height in
            kinds[height].finished().map { BandSpan(span: $0.span, step: height + 1, share: $0.strength) }
        }
        picture.bands = .known(spans.sorted { ($0.span.start, $0.step) < ($1.span.start, $1.step) })
    }

    /// The spans of one height of steps.
    private struct Kind: Sendable {
        private var spans = StrongestEntries<StrengthSpan>(
            limit: PictureMeasurements.limit, byBoth: { ($0.span.duration, $0.strength) })
        private var running = RunningSpan()
        private var share = 0.0
        private var isOn = false

        mutating func see(_ found: Double, at picture: TimeRange, least: Double) {
            isOn = found >= least
            if isOn {
                share = max(running.span == nil ? 0 : share, found)
            } else {
                close(running.end(at: picture.start))
            }
        }

        mutating func goOn(over picture: TimeRange) {
            if isOn { running.extend(over: picture) }
        }

        mutating func finished() -> [StrengthSpan] {
            close(running.end())
            return spans.strongest
        }

        private mutating func close(_ span: TimeRange?) {
            if let span { spans.add(StrengthSpan(span: span, strength: share)) }
        }
    }
}
