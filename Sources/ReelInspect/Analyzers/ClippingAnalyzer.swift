internal import CKernels
internal import ReelModel

/// Runs of samples at full scale whose sides are steep: what was louder than can be told, and was cut off flat. A run's
/// limit lies a little below full scale, because a lossy codec ripples what was flat; it must be longer than the top of
/// a loud high note, and its sides steeper than those of a loud low one.
struct ClippingAnalyzer: SoundAnalyzer {
    /// Of full scale: -0.18 dB.
    static let limit: Float = 0.98
    /// Seconds that a run lasts at least: four samples at 48 kHz.
    static let shortest = 1.0 / 12_000
    /// A crest that passes the limit by `1 - limit` has fallen by four times that at twice its half width; twice as much
    /// is no crest.
    static let drop: Float = 0.16
    /// Seconds between runs that are told as one span.
    static let reach = 0.5

    private var spans: [ClippedSpan] = []
    private var current: ClippedSpan?
    private var count = 0

    init() {}

    mutating func hear(_ tick: SoundTick) {
        guard tick.peak >= Self.limit else { return }
        let shortest = max(Int((Self.shortest * Double(tick.rate)).rounded(.up)), 3)
        for channel in 0..<tick.channels where tick.peak(of: channel) >= Self.limit {
            let found = reel_clipped_f32(tick.samples(of: channel), tick.count, Self.limit, shortest, Self.drop)
            guard found.runs > 0 else { continue }
            add(
                TimeRange(start: tick.time(of: found.first), end: tick.time(of: found.last + 1)), runs: found.runs,
                samples: found.samples)
        }
    }

    private mutating func add(_ span: TimeRange, runs: Int, samples: Int) {
        if let open = current, span.start - open.span.end <= Self.reach {
            current = ClippedSpan(
                span: TimeRange(start: min(open.span.start, span.start), end: max(open.span.end, span.end)),
                runs: open.runs + runs, samples: open.samples + samples)
            return
        }
        close()
        current = ClippedSpan(span: span, runs: runs, samples: samples)
    }

    private mutating func close() {
        guard let current else { return }
        count += 1
        if spans.count < SoundMeasurements.limit { spans.append(current) }
    }

    mutating func finish(into sound: inout SoundMeasurements) {
        close()
        sound.clipped = spans
        sound.clippedCount = count
    }
}
