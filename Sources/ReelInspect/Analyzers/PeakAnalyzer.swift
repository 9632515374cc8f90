internal import CKernels
internal import ReelModel

/// The highest sample, and the highest value between samples (ITU-R BS.1770-5, annex 2).
struct PeakAnalyzer: SoundAnalyzer {
    static let analysis = Analysis.peaks
    private var interpolation: (rate: Int, filter: Interpolation)?
    private var samplePeak: Float = 0
    private var truePeak: Float = 0
    private var time: Double?

    init() {}

    mutating func hear(_ tick: SoundTick) {
        if interpolation?.rate != tick.rate {
            interpolation = (tick.rate, Interpolation(rate: tick.rate))
        }
        samplePeak = max(samplePeak, tick.peak)
        var highest = max(truePeak, samplePeak)
        if let filter = interpolation?.filter, filter.phases > 0 {
            for channel in 0..<tick.channels {
                // The last values that can be told lie half of the taps before the tick's end.
                highest = reel_interpolated_peak(
                    tick.samples(of: channel) - (Interpolation.taps - 1), tick.count, filter.rows, filter.phases,
                    Interpolation.taps, filter.gain, highest)
            }
        }
        if highest > truePeak {
            truePeak = highest
            time = tick.span.start
        }
    }

    func finish(into sound: inout SoundMeasurements) {
        if let level = Decibels.ofMagnitude(Double(samplePeak)) { sound.loudness.samplePeak = .known(level) }
        if let level = Decibels.ofMagnitude(Double(truePeak)) { sound.loudness.truePeak = .known(level) }
        if let time { sound.loudness.truePeakTime = .known(time) }
    }
}
