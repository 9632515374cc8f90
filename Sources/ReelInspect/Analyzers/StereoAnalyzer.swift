internal import CKernels
internal import ReelModel

/// How the front left and the front right channel go together: whether they are the same, or one the inverse of the
/// other, over half seconds in which both are heard.
struct StereoAnalyzer: SoundAnalyzer {
    static let analysis = Analysis.stereo
    /// Ticks of a window.
    private static let window = 50
    static let inverse = -0.7
    /// Mean square below which a channel is not heard in a window: -60 dBFS.
    private static let least = 1e-6
    /// Spans are this long at least.
    static let shortest = 0.5

    private struct Sums {
        var left = 0.0
        var right = 0.0
        var product = 0.0

        var correlation: Double? {
            let power = (left * right).squareRoot()
            return power > 0 ? min(max(product / power, -1), 1) : nil
        }
    }

    private var hasPair = false
    private var whole = Sums()
    private var current = Sums()
    private var ticks = 0
    private var samples = 0
    private var from = 0.0
    private var difference: Float = 0
    private var spans = StrongestEntries<TimeRange>(limit: SoundMeasurements.limit) { $0.duration }
    private var open: TimeRange?

    init() {}

    mutating func hear(_ tick: SoundTick) {
        guard let pair = tick.layout.pair, let sums = tick.pair else { return }
        hasPair = true
        difference = max(difference, sums.difference)
        if ticks == 0 { from = tick.span.start }
        current.left += tick.sums[pair.left].squares
        current.right += tick.sums[pair.right].squares
        current.product += sums.product
        ticks += 1
        samples += tick.count
        if ticks == Self.window { close(at: tick.span.end) }
    }

    private mutating func close(at end: Double) {
        whole.left += current.left
        whole.right += current.right
        whole.product += current.product
        let least = Self.least * Double(max(samples, 1))
        let isHeard = current.left >= least && current.right >= least
        // What is not heard is not the inverse of anything: a span ends before it.
        if isHeard, let correlation = current.correlation, correlation <= Self.inverse {
            open = TimeRange(start: open?.start ?? from, end: end)
        } else {
            closeSpan()
        }
        current = Sums()
        (ticks, samples) = (0, 0)
    }

    private mutating func closeSpan() {
        if let open, open.duration >= Self.shortest - 1e-6 { spans.add(open) }
        open = nil
    }

    mutating func finish(into sound: inout SoundMeasurements) {
        guard hasPair else { return }
        whole.left += current.left
        whole.right += current.right
        whole.product += current.product
        closeSpan()
        var stereo = StereoMeasurements()
        if let correlation = whole.correlation { stereo.correlation = .known((correlation * 1e4).rounded() / 1e4) }
        stereo.difference = (Double(difference) * 1e5).rounded() / 1e5
        stereo.inverted = spans.strongest
        sound.stereo = stereo
    }
}
