internal import CKernels
internal import ReelModel

/// What each channel is like by itself: its peak, level and mean, and where it is silent while others are not.
struct ChannelAnalyzer: SoundAnalyzer {
    static let analysis = Analysis.channels
    /// A channel is silent below -60 dBFS, or 50 dB below the loudest one: codecs leak that much from one into another.
    static let limit: Float = 0.001
    static let share: Float = 0.00316
    /// Others are heard from -40 dBFS on.
    static let heard: Float = 0.01
    static let shortest = 0.5

    private struct Channel {
        var peak: Float = 0
        var sum = 0.0
        var squares = 0.0
        /// Where its silence began, and the last time that another one was heard in it.
        var silentFrom: Double?
        var othersUntil: Double?
        var silence = StrongestEntries<TimeRange>(limit: SoundMeasurements.limit) { $0.duration }

        mutating func close() {
            if let from = silentFrom, let until = othersUntil, until - from >= ChannelAnalyzer.shortest - 1e-6 {
                silence.add(TimeRange(start: from, end: until))
            }
            silentFrom = nil
            othersUntil = nil
        }
    }

    private var names: [String] = []
    private var channels: [Channel] = []
    private var samples = 0
    /// The power of all that is not silent.
    private var squares = 0.0
    private var loudSamples = 0

    init() {}

    mutating func hear(_ tick: SoundTick) {
        if names.count < tick.channels {
            names = tick.layout.names
            channels += Array(repeating: Channel(), count: tick.channels - channels.count)
        }
        let loudest = tick.peak
        samples += tick.count
        if loudest >= Self.limit { loudSamples += tick.count * tick.channels }
        for channel in 0..<tick.channels {
            let (sums, peak) = (tick.sums[channel], tick.peak(of: channel))
            channels[channel].peak = max(channels[channel].peak, peak)
            channels[channel].sum += sums.sum
            channels[channel].squares += sums.squares
            if loudest >= Self.limit { squares += sums.squares }
            follow(channel, isSilent: peak < max(Self.limit, Self.share * loudest), others: loudest, tick.span)
        }
    }

    private mutating func follow(_ channel: Int, isSilent: Bool, others: Float, _ span: TimeRange) {
        guard isSilent else {
            channels[channel].close()
            return
        }
        // It begins and ends with the sound of others: before and after it everything is silent.
        guard others >= Self.heard else { return }
        if channels[channel].silentFrom == nil { channels[channel].silentFrom = span.start }
        channels[channel].othersUntil = span.end
    }

    mutating func finish(into sound: inout SoundMeasurements) {
        let number = Double(max(samples, 1))
        for place in channels.indices {
            channels[place].close()
            let channel = channels[place]
            var measured = ChannelMeasurements(name: names[place])
            if let peak = Decibels.ofMagnitude(Double(channel.peak)) { measured.peak = .known(peak) }
            if let level = Decibels.ofPower(channel.squares / number) { measured.level = .known(level) }
            measured.offset = (channel.sum / number * 1e5).rounded() / 1e5
            measured.silence = channel.silence.strongest
            sound.channels.append(measured)
        }
        if loudSamples > 0, let level = Decibels.ofPower(squares / Double(loudSamples)) { sound.level = .known(level) }
    }
}
