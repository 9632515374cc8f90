internal import CKernels
internal import ReelMedia
internal import ReelModel

/// Turns blocks of sound, of any format, into ticks of ten milliseconds with the sums that analyzers share. Each sample
/// is converted once, into memory that is taken once.
final class SoundReader {
    /// More channels than this are not looked at: FFmpeg's own decoders give 64 at most.
    private static let mostChannels = 64
    /// Seconds by which a block may lie beside the end of the one before: containers round their times.
    private static let slack = 0.02
    private static let history = SoundTick.history

    private struct Shape: Hashable {
        var rate: Int
        var layout: SoundLayout
        /// Samples of a whole tick.
        var tick: Int
    }

    private var shape: Shape?
    private var samples = UnsafeMutableBufferPointer<Float>(start: nil, count: 0)
    private var sums = UnsafeMutableBufferPointer<reel_sound_sums>(start: nil, count: 0)
    /// Samples of each channel that wait for their tick to be full.
    private var held = 0
    /// When the sound since the last gap began, and the samples of each channel since then that were given away.
    private var start = 0.0
    private var given = 0

    deinit { release() }

    typealias TickHandler = (SoundTick) -> Void

    /// Takes a block; whole ticks are handed on. A block that cannot be read is passed over.
    func hear(_ block: borrowing Frame, at span: TimeRange, _ each: TickHandler) {
        guard let format = block.sampleFormat, block.sampleRate > 0, block.channels > 0,
            block.channels <= Self.mostChannels
        else { return }
        if shape?.rate != block.sampleRate || shape?.layout.names.count != block.channels {
            finish(each)
            begin(block, at: span.start)
        }
        guard let shape else { return }
        let due = start + Double(given + held) / Double(shape.rate)
        if abs(span.start - due) > Self.slack {
            finish(each)
            start = span.start
            given = 0
        }
        var from = 0
        while from < block.sampleCount {
            let count = min(shape.tick - held, block.sampleCount - from)
            for channel in 0..<block.channels { convert(block, format, channel, from: from, count: count) }
            held += count
            from += count
            if held == shape.tick { give(shape, each) }
        }
    }

    /// Hands on what is left.
    func finish(_ each: TickHandler) {
        if let shape, held > 0 { give(shape, each) }
    }

    private func begin(_ block: borrowing Frame, at time: Double) {
        release()
        let tick = max(Int((Double(block.sampleRate) / 100).rounded()), 1)
        shape = Shape(rate: block.sampleRate, layout: SoundLayout(block.channelNames), tick: tick)
        samples = .allocate(capacity: block.channels * (Self.history + tick))
        samples.initialize(repeating: 0)
        sums = .allocate(capacity: block.channels)
        sums.initialize(repeating: reel_sound_sums())
        (held, start, given) = (0, time, 0)
    }

    private func release() {
        samples.deallocate()
        sums.deallocate()
    }

    private func convert(
        _ block: borrowing Frame, _ format: SampleFormat, _ channel: Int, from: Int, count: Int
    ) {
        guard let shape, let base = samples.baseAddress else { return }
        let out = base + channel * (Self.history + shape.tick) + Self.history + held
        let stride = format.isPlanar ? 1 : block.channels
        let first = from * stride + (format.isPlanar ? 0 : channel)
        let done = block.withSamples(channel: format.isPlanar ? channel : 0) { bytes in
            func at<Sample>() -> UnsafePointer<Sample>? {
                bytes.assumingMemoryBound(to: Sample.self).baseAddress.map { $0 + first }
            }
            switch format.interleaved {
            case .u8: reel_float_u8(out, at(), stride, count)
            case .s16: reel_float_s16(out, at(), stride, count)
            case .s32: reel_float_s32(out, at(), stride, count)
            case .s64: reel_float_s64(out, at(), stride, count)
            case .flt: reel_float_f32(out, at(), stride, count)
            case .dbl: reel_float_f64(out, at(), stride, count)
            default: return false
            }
            return true
        }
        if done != true { out.update(repeating: 0, count: count) }
    }

    private func give(_ shape: Shape, _ each: TickHandler) {
        guard let base = samples.baseAddress else { return }
        let stride = Self.history + shape.tick
        for channel in sums.indices { sums[channel] = reel_sums_f32(base + channel * stride + Self.history, held) }
        let pair = shape.layout.pair.map { pair in
            reel_pair_f32(
                base + pair.left * stride + Self.history, base + pair.right * stride + Self.history, held)
        }
        let time = start + Double(given) / Double(shape.rate)
        each(
            SoundTick(
                span: TimeRange(start: time, end: start + Double(given + held) / Double(shape.rate)), rate: shape.rate,
                layout: shape.layout, count: held, isWhole: held == shape.tick, sums: UnsafeBufferPointer(sums),
                pair: pair, samples: base + Self.history, stride: stride))
        for channel in sums.indices {
            let row = base + channel * stride
            // The places overlap where a tick is shorter than the history.
            row.update(from: row + held, count: Self.history)
        }
        given += held
        held = 0
    }
}
