internal import CKernels
internal import ReelModel

/// Crests that are cut off flat at full scale, by one of two shapes. A flat run stands within 0.18 dB of full scale and
/// falls off at once. Where a lossy codec rippled what was flat, the run is told a little lower, reaches full scale
/// somewhere, and falls off further than the crest of any sine of that width. Neither is found in sound that only just
/// reaches full scale: a sine's own crest, at twice half the width, has fallen to 0.92 of the first edge and to half of
/// the second.
struct ClippingAnalyzer: SoundAnalyzer {
    /// Of full scale.
    static let peak: Float = 0.98
    private static let flat: (edge: Float, foot: Float) = (0.98, 0.82)
    private static let rippled: (edge: Float, foot: Float) = (0.85, 0.25)
    /// Seconds that a run lasts at least: four samples at 48 kHz.
    static let shortest = 1.0 / 12_000
    /// Seconds between runs that are told as one span.
    static let reach = 2.0

    private var spans = StrongestEntries<ClippedSpan>(limit: SoundMeasurements.limit) { Double($0.runs) }
    private var current: ClippedSpan?
    private var count = 0

    init() {}

    mutating func hear(_ tick: SoundTick) {
        guard tick.peak >= Self.peak else { return }
        let shortest = max(Int((Self.shortest * Double(tick.rate)).rounded(.up)), 3)
        for channel in 0..<tick.channels where tick.peak(of: channel) >= Self.peak {
            let samples = tick.samples(of: channel)
            let flat = reel_clipped_f32(
                samples, tick.count, Self.flat.edge, Self.peak, Self.flat.foot, shortest)
            let rippled = reel_clipped_f32(
                samples, tick.count, Self.rippled.edge, Self.peak, Self.rippled.foot, shortest)
            // Both may tell of the same crests.
            let found = flat.runs >= rippled.runs ? flat : rippled
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
        spans.add(current)
    }

    mutating func finish(into sound: inout SoundMeasurements) {
        close()
        sound.clipped = spans.strongest
        sound.clippedCount = count
    }
}
