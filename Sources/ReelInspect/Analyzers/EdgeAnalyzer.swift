internal import ReelModel

/// Whether the first frame, and the last, is black or has one colour, for how long, and how far the picture next to it is
/// from it: a fade begins in small steps.
struct EdgeAnalyzer: PictureAnalyzer {
    static let analysis = Analysis.edges
    private var first: Double?
    private var isAtStart = true
    private var start: EmptyEnd?
    /// The empty span that goes on, with the step that led to it.
    private var running = RunningSpan()
    private var step = 0.0

    init() {}

    mutating func see(_ picture: Picture) {
        let sums = picture.sums
        first = first ?? picture.span.start
        let stepHere = picture.before(1).map { abs(sums.brightness - $0.brightness) } ?? 0
        if sums.isEmpty {
            if running.span == nil { step = stepHere }
            running.extend(over: picture.span)
            return
        }
        let ended = running.end(at: picture.span.start)
        if isAtStart, let ended { start = EmptyEnd(duration: ended.duration, step: stepHere) }
        isAtStart = false
    }

    mutating func finish(into _: inout Measured, _ picture: inout PictureMeasurements) {
        // A film that is empty from end to end has no edges.
        guard !isAtStart else { return }
        picture.emptyStart = start
        picture.emptyEnd = running.end().map { EmptyEnd(duration: $0.duration, step: step) }
    }
}
