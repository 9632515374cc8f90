internal import CKernels
internal import ReelModel

/// Crests that are cut off flat at full scale, by one of two shapes. A flat run stands within 0.18 dB of full scale and
/// falls off at once. Where a lossy codec rippled what was flat, the crest is told by its own height, which lies within
/// 0.54 dB of full scale: it stays near that and falls off further than the crest of any sine of that width. Neither is
/// found in sound that only just reaches full scale, or that a limiter keeps below it: a sine's own crest, at twice half
/// the width, has fallen to 0.92 of the first edge and to half of the second.
struct ClippingAnalyzer: SoundAnalyzer {
    static let analysis = Analysis.clipping
    /// Of full scale.
    static let peak: Float = 0.98
    private static let flat: (edge: Float, foot: Float) = (0.98, 0.82)
    /// Measured on generated sound and speech in AAC of 128 kb/s: driven 3 dB past full scale it has 13 such crests in
    /// 6 s and more (of chords, a beat, speech), up to full scale, or with a limiter 3 dB below, one at most.
    private static let rippled = reel_crest_shape(peak: 0.94, edge: 0.85, dip: 0.7, foot: 0.25)
    /// Seconds that a run lasts at least: four samples at 48 kHz.
    static let shortest = 1.0 / 12_000
    /// Samples of the longest crest: half a wave of 12 Hz at 48 kHz.
    private static let longest = 2000
    /// Seconds between runs that are told as one span.
    static let reach = 2.0

    private struct Channel {
        var hump = [Float](repeating: 0, count: ClippingAnalyzer.longest)
        var open = reel_hump()

        mutating func findRippled(
            _ samples: UnsafePointer<Float>, _ count: Int, _ shortest: Int, _ found: inout reel_clipped_crests
        ) {
            var shape = ClippingAnalyzer.rippled
            hump.withUnsafeMutableBufferPointer {
                reel_crests_f32(samples, count, &shape, shortest, $0.baseAddress, $0.count, &open, &found)
            }
        }
    }

    private var channels: [Channel] = []
    private var spans = StrongestEntries<ClippedSpan>(limit: SoundMeasurements.limit) { Double($0.runs) }
    private var current: ClippedSpan?
    private var count = 0

    init() {}

    mutating func hear(_ tick: SoundTick) {
        let shortest = max(Int((Self.shortest * Double(tick.rate)).rounded(.up)), 3)
        while channels.count < tick.channels { channels.append(Channel()) }
        for channel in 0..<tick.channels {
            let peak = tick.peak(of: channel)
            // Nothing goes on, and nothing rises.
            if peak <= Self.rippled.foot, channels[channel].open.side == 0 { continue }
            let samples = tick.samples(of: channel)
            var found = reel_clipped_crests()
            channels[channel].findRippled(samples, tick.count, shortest, &found)
            if peak >= Self.peak {
                let flat = reel_clipped_f32(
                    samples, tick.count, Self.flat.edge, Self.peak, Self.flat.foot, shortest)
                // Both may tell of the same crests.
                if flat.runs > found.runs {
                    found = reel_clipped_crests(
                        runs: flat.runs, samples: flat.samples, first: Int(flat.first), last: Int(flat.last))
                }
            }
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
