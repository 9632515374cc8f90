internal import CKernels
internal import ReelModel

/// Spans in which every sample of every channel is below -60 dBFS, for at least 0.5 s, and how loud it is around them.
/// FFmpeg's `silencedetect` takes -60 dB and 2 s unless it is told otherwise; a profile's thresholds judge these facts.
struct SilenceAnalyzer: SoundAnalyzer {
    static let analysis = Analysis.silence
    /// -60 dB of full scale.
    static let limit: Float = 0.001
    static let shortest = 0.5
    /// Ticks before and after a silence whose level is told: 50 ms.
    private static let edge = 5

    private var spans: [SilentSpan] = []
    /// Where the silence began that is still going on.
    private var start: Double?
    /// The level before it.
    private var before: Known<Double> = .unknown(Self.beginning)
    private var end = 0.0
    private var hasHeard = false
    /// Mean squares of the last ticks.
    private var latest = [Double](repeating: 0, count: edge)
    private var ticks = 0
    /// Ticks since the end of the last span, while its level after is not known.
    private var since: Int?

    private static let beginning = "the sound begins with it"
    private static let ending = "the sound ends with it"

    init() {}

    mutating func hear(_ tick: SoundTick) {
        if !hasHeard { start = tick.span.start }
        hasHeard = true
        var first = Int.max
        var last = Int.min
        for channel in 0..<tick.channels where tick.peak(of: channel) >= Self.limit {
            let loud = reel_loud_f32(tick.samples(of: channel), tick.count, Self.limit)
            guard loud.first < tick.count else { continue }
            first = min(first, loud.first)
            last = max(last, loud.last)
        }
        if first <= last {
            close(at: tick.time(of: first))
            start = tick.time(of: last + 1)
            // Most of this tick is sound: its level belongs to what is before.
            remember(tick)
            before = Known(level, else: Self.beginning)
        } else {
            remember(tick)
        }
        end = tick.span.end
    }

    /// The level of the last ticks.
    private var level: Double? { Decibels.ofPower(latest.reduce(0, +) / Double(min(max(ticks, 1), Self.edge))) }

    private mutating func remember(_ tick: SoundTick) {
        var sum = 0.0
        for sums in tick.sums { sum += sums.squares }
        latest[ticks % Self.edge] = sum / Double(max(tick.count * tick.channels, 1))
        ticks += 1
        guard var waited = since, let place = spans.indices.last else { return }
        waited += 1
        since = waited
        guard waited == Self.edge else { return }
        spans[place].after = Known(level, else: Self.ending)
        since = nil
    }

    private mutating func close(at end: Double) {
        defer { start = nil }
        guard let start, end - start >= Self.shortest - 1e-6 else { return }
        spans.append(
            SilentSpan(span: TimeRange(start: start, end: end), before: before, after: .unknown(Self.ending)))
        since = 0
    }

    mutating func finish(into sound: inout SoundMeasurements) {
        // Sound that ends sooner after a silence than its level can be told is told by what there is.
        if let since, since > 0, let place = spans.indices.last {
            spans[place].after = Known(level, else: Self.ending)
        }
        since = nil
        if hasHeard { close(at: end) }
        sound.silences = spans
    }
}
