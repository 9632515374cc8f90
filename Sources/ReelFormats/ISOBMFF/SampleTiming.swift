internal import ReelModel

/// How long the samples of a track are, as they are met one run after another.
struct SampleTiming {
    private(set) var samples: Int64 = 0
    private(set) var duration: Int64 = 0
    private var least = Int64.max
    private var greatest = Int64.min
    /// The last run, which is left out while it may prove to be a single last sample.
    private var last: (count: Int64, delta: Int64) = (0, 0)

    mutating func add(count: Int64, delta: Int64) {
        guard count > 0, delta >= 0 else { return }
        samples = samples.saturatingAdd(count)
        duration = duration.saturatingAdd(count.saturatingMultiply(delta))
        if delta == last.delta {
            last.count = last.count.saturatingAdd(count)
        } else {
            take()
            last = (count, delta)
        }
    }

    /// The length that all samples have, the last one left aside: what follows it does not show. Lengths that differ
    /// by one tick are the same length, rounded to the clock.
    var constant: (ticks: Int64, exact: Bool)? {
        guard samples > 0 else { return nil }
        var all = self
        if last.count > 1 || samples == 1 { all.take() }
        guard all.greatest > 0 else { return nil }
        if all.least == all.greatest { return (all.least, true) }
        return all.greatest - all.least <= 1 && all.least >= 10 ? (all.least, false) : nil
    }

    private mutating func take() {
        guard last.count > 0 else { return }
        least = min(least, last.delta)
        greatest = max(greatest, last.delta)
    }
}
