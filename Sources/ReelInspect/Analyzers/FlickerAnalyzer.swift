internal import ReelModel

/// Spans in which the mean brightness goes up and down, at least six turns a second for half a second: frames that were
/// made one by one, light that does not agree with the shutter. What is strong enough for a flash is one besides.
struct FlickerAnalyzer: PictureAnalyzer {
    static let analysis = Analysis.flicker
    /// Levels that a turn has to reach.
    private static let amplitude = 0.8
    private static let turnsPerSecond = 6.0
    private static let shortest = 0.5

    private var spans = StrongestEntries<FlickerSpan>(limit: PictureMeasurements.limit) {
        ($0.span.duration, $0.amplitude)
    }
    private var direction = 0
    /// The mean at the last turn so far, and when that was.
    private var extreme = 0.0
    private var extremeTime = 0.0
    /// Turns on end, none later than a third of a second after the one before.
    private var turns = 0
    private var first = 0.0
    private var last = 0.0
    private var sum = 0.0
    private var lastLevel = 0.0

    init() {}

    mutating func see(_ picture: Picture) {
        let mean = picture.sums.lumaExtent.mean
        let start = picture.span.start
        guard let change = picture.change, !change.isJump else {
            close()
            direction = 0
            extreme = mean
            extremeTime = start
            return
        }
        let step = mean - extreme
        if direction != 0, step * Double(direction) >= 0 {
            extreme = mean
            extremeTime = start
        } else if abs(step) >= Self.amplitude {
            if direction != 0 { turn(at: extremeTime, extreme) }
            direction = step > 0 ? 1 : -1
            extreme = mean
            extremeTime = start
        }
    }

    mutating func finish(into _: inout Measured, _ picture: inout PictureMeasurements) {
        close()
        picture.flicker = spans.strongest
    }

    private mutating func turn(at time: Double, _ level: Double) {
        if turns > 0, time - last > 2 / Self.turnsPerSecond { close() }
        if turns == 0 { first = time } else { sum += abs(level - lastLevel) }
        turns += 1
        last = time
        lastLevel = level
    }

    private mutating func close() {
        defer {
            turns = 0
            sum = 0
        }
        guard turns > 2, last - first >= Self.shortest else { return }
        let perSecond = Double(turns - 1) / (last - first)
        guard perSecond >= Self.turnsPerSecond else { return }
        spans.add(
            FlickerSpan(
                span: TimeRange(start: first, end: last), perSecond: perSecond, amplitude: sum / Double(turns - 1)))
    }
}
