internal import ReelModel

/// Spans in which parts of the picture are what a decoder leaves where it has decoded nothing: samples that are all zero,
/// which are a green that no colour of BT.601 or BT.709 reaches, or the very middle of luma and colour, which a missing
/// reference is taken for. The latter is a colour that there is: the facts hold only what was not there right before, and
/// what a film begins with where things move in it and the picture then comes at once. A plain card does not move.
struct GarbageAnalyzer: PictureAnalyzer {
    static let analysis = Analysis.garbage
    /// Levels of both colour differences up to which no colour is meant: full green has 42 and 26 in limited range
    /// (BT.709), one of them 30 in full range.
    private static let greenLimit = 20.0
    /// Less of the picture is not looked at.
    private static let leastGreen = 0.005
    private static let leastGrey = 0.3
    /// What a picture that is partly grey itself has to have more, and what may be left of that.
    private static let leastRise = 0.3
    private static let leastLeft = 0.15
    private static let middleLuma = 124.0...132.0
    private static let middleChroma = 126.0...130.0

    private var greens = StrongestEntries<GarbageSpan>(limit: PictureMeasurements.limit) { $0.share }
    /// A short grey is worse than one that may be meant.
    private var greys = StrongestEntries<GarbageSpan>(limit: PictureMeasurements.limit) {
        ($0.share, 1 / max($0.span.duration, 1e-3))
    }
    private var green = RunningSpan()
    private var greenShare = 0.0
    private var grey = RunningSpan()
    private var greyShare = 0.0
    private var greyBefore: Double?
    /// What was grey before the grey that goes on.
    private var greyAtFirst = 0.0
    /// Whether the grey that goes on began with the film, and something moved in it.
    private var isAtStart = false
    private var hasMoved = false

    init() {}

    mutating func see(_ picture: Picture) {
        guard let blue = picture.sums.blue, let red = picture.sums.red, blue.count > 0 else { return }
        seeGreen(picture, blue.shareAtMost(Self.greenLimit, both: red))
        let luma = picture.sums.luma
        var share = Double(luma.countWithin(Self.middleLuma)) / Double(max(luma.count, 1))
        if share >= Self.leastGrey {
            for plane in [blue, red] {
                share = min(share, Double(plane.countWithin(Self.middleChroma)) / Double(plane.count))
            }
        }
        seeGrey(picture, share)
    }

    mutating func finish(into _: inout Measured, _ picture: inout PictureMeasurements) {
        close(green.end(), .green, greenShare)
        if !isAtStart { close(grey.end(), .grey, greyShare) }
        picture.garbage = (greens.strongest + greys.strongest).sorted { $0.span.start < $1.span.start }
    }

    private mutating func seeGreen(_ picture: Picture, _ share: Double) {
        if share >= Self.leastGreen {
            greenShare = max(green.span == nil ? 0 : greenShare, share)
            green.extend(over: picture.span)
        } else {
            close(green.end(at: picture.span.start), .green, greenShare)
        }
    }

    private mutating func seeGrey(_ picture: Picture, _ share: Double) {
        defer { greyBefore = share }
        if grey.span != nil, share >= Self.leastGrey, picture.change?.isNone == false { hasMoved = true }
        // It comes at once; a grey that was there, or that fades in, is a picture.
        let hasRisen = greyBefore.map { share - $0 >= Self.leastRise } ?? false
        let limit = max(Self.leastGrey, greyAtFirst + Self.leastLeft)
        if let span = grey.span == nil || share >= limit && !hasRisen ? nil : grey.end(at: picture.span.start) {
            if !isAtStart || (hasMoved && share < Self.leastGrey / 2) { close(span, .grey, greyShare) }
            isAtStart = false
        }
        let hasCome = share >= Self.leastGrey && (hasRisen || greyBefore.map { $0 < Self.leastGrey / 2 } ?? true)
        guard grey.span != nil || hasCome else { return }
        if grey.span == nil {
            (isAtStart, hasMoved) = (greyBefore == nil, false)
            greyAtFirst = greyBefore ?? 0
        }
        greyShare = max(grey.span == nil ? 0 : greyShare, share)
        grey.extend(over: picture.span)
    }

    private mutating func close(_ span: TimeRange?, _ kind: GarbageSpan.Kind, _ share: Double) {
        guard let span else { return }
        let garbage = GarbageSpan(kind: kind, span: span, share: share)
        if kind == .green { greens.add(garbage) } else { greys.add(garbage) }
    }
}
