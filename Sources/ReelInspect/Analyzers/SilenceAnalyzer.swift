internal import CKernels
internal import ReelMedia
internal import ReelModel

/// Spans in which every sample of every channel is below -60 dBFS, for at least 0.5 s. FFmpeg's `silencedetect` takes
/// -60 dB and 2 s unless it is told otherwise; a profile's thresholds judge these facts.
struct SilenceAnalyzer: SoundAnalyzer {
    /// -60 dB of full scale.
    static let limit = 0.001
    static let shortest = 0.5
    /// Sound is looked at in pieces of this many samples, shorter than any silence that counts, so that a piece with
    /// sound at both ends holds none.
    private static let piece = 1024

    private var spans: [TimeRange] = []
    /// Where the silence began that is still going on.
    private var start: Double?
    private var end = 0.0
    private var hasHeard = false

    init() {}

    mutating func hear(_ block: borrowing Frame, at span: TimeRange) {
        guard let format = block.sampleFormat, block.sampleRate > 0, block.channels > 0 else { return }
        if !hasHeard { start = span.start }
        hasHeard = true
        let samplesPerItem = format.isPlanar ? 1 : block.channels
        let step = 1 / Double(block.sampleRate)
        var from = 0
        while from < block.sampleCount {
            let count = min(Self.piece, block.sampleCount - from)
            var first = Int.max
            var last = Int.min
            for channel in 0..<(format.isPlanar ? block.channels : 1) {
                let loud = block.withSamples(channel: channel) { bytes in
                    let width = format.bytesPerSample
                    let piece = UnsafeRawBufferPointer(
                        rebasing: bytes[from * samplesPerItem * width..<(from + count) * samplesPerItem * width])
                    return Self.loud(piece, format.interleaved, count * samplesPerItem)
                }
                guard let loud, let loud else { continue }
                first = min(first, loud.lowerBound / samplesPerItem)
                last = max(last, loud.upperBound / samplesPerItem)
            }
            if first <= last {
                close(at: span.start + Double(from + first) * step)
                start = span.start + Double(from + last + 1) * step
            }
            from += count
        }
        end = span.end
    }

    mutating func finish(into measured: inout Measured) {
        if hasHeard { close(at: end) }
        measured.silence = spans
    }

    private mutating func close(at end: Double) {
        if let start, end - start >= Self.shortest - 1e-6 { spans.append(TimeRange(start: start, end: end)) }
        start = nil
    }

    /// The first and last of `count` samples that are no silence; `nil` where all are, and where the format is unknown.
    private static func loud(
        _ bytes: UnsafeRawBufferPointer, _ format: SampleFormat, _ count: Int
    ) -> ClosedRange<Int>? {
        let found: reel_loud_span
        switch format {
        case .u8: found = reel_loud_u8(at(bytes), count, limit * 0x1p7)
        case .s16: found = reel_loud_s16(at(bytes), count, limit * 0x1p15)
        case .s32: found = reel_loud_s32(at(bytes), count, limit * 0x1p31)
        case .s64: found = reel_loud_s64(at(bytes), count, limit * 0x1p63)
        case .flt: found = reel_loud_f32(at(bytes), count, limit)
        case .dbl: found = reel_loud_f64(at(bytes), count, limit)
        default: return nil
        }
        return found.first < count ? found.first...found.last : nil
    }

    private static func at<Sample>(_ bytes: UnsafeRawBufferPointer) -> UnsafePointer<Sample>? {
        bytes.assumingMemoryBound(to: Sample.self).baseAddress
    }
}
