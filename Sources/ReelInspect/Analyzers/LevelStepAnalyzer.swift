internal import CKernels
internal import ReelModel

/// Where the level steps and stays: of the two seconds on either side, the quietest 0.4 s of one are louder than the
/// loudest 0.4 s of the other. A pause in speech, a beat or a fade is no step.
struct LevelStepAnalyzer: SoundAnalyzer {
    static let analysis = Analysis.levelSteps
    /// Ticks of one level, and levels of one side.
    private static let ticksOfLevel = 10
    private static let levelsOfMoment = 4
    private static let side = 20
    /// The older half, and what may lie around it.
    private static let fineTicks = 2 * side * ticksOfLevel
    /// Decibels from which on a step is told.
    static let least = 6.0
    /// dBFS below which it is silence that begins or ends, which is told elsewhere.
    private static let quiet = -50.0

    /// Mean squares of tenths of a second, the newest last.
    private var levels: [Double] = []
    private var sum = 0.0
    private var ticks = 0
    /// Mean squares of the last ticks, the newest last, for the exact place of a step.
    private var fine: [Double] = []
    private var samples = 0
    private var steps = StrongestEntries<LevelStep>(limit: SoundMeasurements.limit) { abs($0.change) }
    private var count = 0
    /// The step that may still grow.
    private var best: LevelStep?

    init() { levels.reserveCapacity(2 * Self.side + 1) }

    mutating func hear(_ tick: SoundTick) {
        var squares = 0.0
        for sums in tick.sums { squares += sums.squares }
        sum += squares
        if fine.count == Self.fineTicks { fine.removeFirst() }
        fine.append(squares / Double(max(tick.count * tick.channels, 1)))
        samples += tick.count * tick.channels
        ticks += 1
        guard ticks == Self.ticksOfLevel else { return }
        levels.append(sum / Double(max(samples, 1)))
        (sum, samples, ticks) = (0, 0, 0)
        if levels.count > 2 * Self.side { levels.removeFirst() }
        guard levels.count == 2 * Self.side else { return }
        consider(at: tick.span.end - Double(Self.side * Self.ticksOfLevel) / 100)
    }

    private mutating func consider(at time: Double) {
        let before = moments(levels[..<Self.side])
        let after = moments(levels[Self.side...])
        var change = 0.0
        if before.low >= Self.quiet, after.low >= Self.quiet {
            if after.low - before.high >= Self.least { change = after.low - before.high }
            if before.low - after.high >= Self.least { change = after.high - before.low }
        }
        if change == 0 || (best.map { $0.change < 0 } ?? (change < 0)) != (change < 0) { close() }
        guard change != 0 else { return }
        if abs(change) > abs(best?.change ?? 0) {
            best = LevelStep(time: time + Double(nearest(rises: change > 0)) / 100, change: change)
        }
    }

    /// Ticks from the middle, where the levels were found to step, to where those of 10 ms step most.
    private func nearest(rises: Bool) -> Int {
        let middle = fine.count - Self.side * Self.ticksOfLevel
        let half = Self.ticksOfLevel
        guard middle >= 3 * half, middle + 3 * half <= fine.count else { return 0 }
        var (place, most) = (0, 0.0)
        for shift in -half...half {
            let before = fine[middle + shift - half..<middle + shift].reduce(1e-12, +)
            let after = fine[middle + shift..<middle + shift + half].reduce(1e-12, +)
            let ratio = rises ? after / before : before / after
            if ratio > most { (place, most) = (shift, ratio) }
        }
        return place
    }

    /// The quietest and the loudest 0.4 s, in dBFS.
    private func moments(_ side: ArraySlice<Double>) -> (low: Double, high: Double) {
        var (low, high) = (Double.infinity, 0.0)
        for from in side.startIndex...side.endIndex - Self.levelsOfMoment {
            var sum = 0.0
            for place in from..<from + Self.levelsOfMoment { sum += side[place] }
            low = min(low, sum)
            high = max(high, sum)
        }
        func level(_ sum: Double) -> Double {
            Decibels.ofPower(sum / Double(Self.levelsOfMoment)) ?? -.infinity
        }
        return (level(low), level(high))
    }

    private mutating func close() {
        guard var step = best else { return }
        best = nil
        count += 1
        step.time = (step.time * 1000).rounded() / 1000
        step.change = (step.change * 10).rounded() / 10
        steps.add(step)
    }

    mutating func finish(into sound: inout SoundMeasurements) {
        close()
        sound.steps = steps.strongest
        sound.stepCount = count
    }
}
