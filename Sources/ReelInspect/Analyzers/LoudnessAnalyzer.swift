internal import CKernels
internal import Foundation
internal import ReelModel

/// Loudness of the whole, its range, and the loudest moments (ITU-R BS.1770-5, EBU R 128, EBU Tech 3341 and 3342). Blocks
/// are gated every 0.1 s as the standard says; the maxima slide by 0.01 s, finer than meters have to, so that none is
/// missed between two steps.
struct LoudnessAnalyzer: SoundAnalyzer {
    static let analysis = Analysis.loudness
    private static let momentary = 40
    private static let shortTerm = 300
    private static let step = 10

    /// What a rate and a layout need; `nil` before the first tick.
    private struct Setting {
        var rate: Int
        var layout: SoundLayout
        var filters: reel_filter_pair
        /// Of two channels each.
        var memories: [reel_filter_memory]
    }

    private var setting: Setting?
    /// Weighted mean squares of the ticks of the last three seconds, a ring.
    private var ticks = [Double](repeating: 0, count: shortTerm)
    private var heard = 0
    private var blocks = LevelHistogram()
    private var windows = LevelHistogram()
    private var loudestMoment = 0.0
    private var loudestWindow = 0.0
    private var isTooSlow = false

    init() {}

    mutating func hear(_ tick: SoundTick) {
        prepare(tick)
        guard setting != nil else { return }
        let energy = weighted(tick)
        guard tick.isWhole else { return }
        ticks[heard % Self.shortTerm] = energy
        heard += 1
        guard heard >= Self.momentary else { return }
        let moment = mean(of: Self.momentary)
        loudestMoment = max(loudestMoment, moment)
        let isStep = (heard - Self.momentary) % Self.step == 0
        if isStep, moment > 0 { blocks.add(Self.loudness(moment), energy: moment) }
        guard heard >= Self.shortTerm else { return }
        let window = mean(of: Self.shortTerm)
        loudestWindow = max(loudestWindow, window)
        if isStep, window > 0 { windows.add(Self.loudness(window), energy: window) }
    }

    private mutating func prepare(_ tick: SoundTick) {
        if let setting, setting.rate == tick.rate, setting.layout == tick.layout { return }
        guard tick.rate >= Weighting.leastRate else {
            isTooSlow = true
            setting = nil
            return
        }
        setting = Setting(
            rate: tick.rate, layout: tick.layout, filters: Weighting.filters(rate: tick.rate),
            memories: Array(repeating: reel_filter_memory(), count: (tick.channels + 1) / 2))
    }

    /// The mean square of a tick behind the filters, each channel counted as the layout says.
    private mutating func weighted(_ tick: SoundTick) -> Double {
        guard var setting else { return 0 }
        // Taken out, so that its memories are not copied when they change.
        self.setting = nil
        defer { self.setting = setting }
        var energy = 0.0
        for place in setting.memories.indices {
            let left = place * 2
            // An odd last channel is filtered beside itself.
            let right = min(left + 1, tick.channels - 1)
            var (first, second) = (0.0, 0.0)
            reel_filtered_energy(
                &setting.filters, &setting.memories[place], tick.samples(of: left), tick.samples(of: right), tick.count,
                &first, &second)
            energy += first * setting.layout.weights[left]
            if right > left { energy += second * setting.layout.weights[right] }
        }
        return energy / Double(max(tick.count, 1))
    }

    private func mean(of count: Int) -> Double {
        var sum = 0.0
        let last = heard % Self.shortTerm
        if last >= count {
            for place in last - count..<last { sum += ticks[place] }
        } else {
            for place in 0..<last { sum += ticks[place] }
            for place in Self.shortTerm - (count - last)..<Self.shortTerm { sum += ticks[place] }
        }
        return sum / Double(count)
    }

    /// BS.1770-5, annex 1, (2).
    private static func loudness(_ energy: Double) -> Double { -0.691 + 10 * log10(energy) }

    func finish(into sound: inout SoundMeasurements) {
        let slow = "it is sampled too slowly"
        func told(_ value: Double?, _ why: String) -> Known<Double> {
            Known(value.map { ($0 * 100).rounded() / 100 }, else: isTooSlow ? slow : why)
        }
        sound.loudness.integrated = told(
            integrated, heard < Self.momentary ? SoundMeasurements.short : SoundMeasurements.silent)
        sound.loudness.range = told(
            range, heard < Self.shortTerm ? SoundMeasurements.short : SoundMeasurements.silent)
        sound.loudness.momentaryMaximum = told(
            loudestMoment > 0 ? Self.loudness(loudestMoment) : nil,
            heard < Self.momentary ? SoundMeasurements.short : SoundMeasurements.silent)
        sound.loudness.shortTermMaximum = told(
            loudestWindow > 0 ? Self.loudness(loudestWindow) : nil,
            heard < Self.shortTerm ? SoundMeasurements.short : SoundMeasurements.silent)
    }

    /// Gated at -70 LUFS, then at 10 LU below the mean of what is left.
    private var integrated: Double? {
        guard let all = blocks.meanEnergy(), let mean = blocks.meanEnergy(from: Self.loudness(all) - 10) else {
            return nil
        }
        return Self.loudness(mean)
    }

    /// From the 10th to the 95th percentile of what is not more than 20 LU below the mean.
    private var range: Double? {
        guard let all = windows.meanEnergy() else { return nil }
        let gate = Self.loudness(all) - 20
        guard let low = windows.percentile(0.1, from: gate), let high = windows.percentile(0.95, from: gate) else {
            return nil
        }
        return high - low
    }
}
