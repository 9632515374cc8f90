internal import CKernels
internal import ReelModel

/// Ten milliseconds of sound with the sums over them, or less before a gap and at the end. It is good only while an
/// analyzer is shown it.
struct SoundTick {
    /// Samples before a tick's first one that can be looked at.
    static let history = 32

    let span: TimeRange
    /// Samples per second.
    let rate: Int
    let layout: SoundLayout
    /// Samples of each channel.
    let count: Int
    /// Whether it lasts its ten milliseconds.
    let isWhole: Bool
    /// Of each channel, in the order of the layout.
    let sums: UnsafeBufferPointer<reel_sound_sums>
    /// Of the layout's pair.
    let pair: reel_pair_sums?
    private let samples: UnsafePointer<Float>
    private let stride: Int

    init(
        span: TimeRange, rate: Int, layout: SoundLayout, count: Int, isWhole: Bool,
        sums: UnsafeBufferPointer<reel_sound_sums>, pair: reel_pair_sums?, samples: UnsafePointer<Float>, stride: Int
    ) {
        self.span = span
        self.rate = rate
        self.layout = layout
        self.count = count
        self.isWhole = isWhole
        self.sums = sums
        self.pair = pair
        self.samples = samples
        self.stride = stride
    }

    var channels: Int { layout.names.count }

    /// The first of a channel's samples, whose full scale is 1; `history` more lie before it.
    func samples(of channel: Int) -> UnsafePointer<Float> {
        precondition(channel >= 0 && channel < channels)
        return samples + channel * stride
    }

    /// The largest magnitude in a channel.
    func peak(of channel: Int) -> Float { max(-sums[channel].low, sums[channel].high, 0) }

    /// The largest magnitude in any channel.
    var peak: Float { sums.reduce(0) { max($0, -$1.low, $1.high) } }

    /// When a sample is heard.
    func time(of sample: Int) -> Double { span.start + Double(sample) / Double(rate) }
}
