internal import ReelMedia
internal import ReelModel

/// The times of a copied picture's frames, where its file does not tell them as MP4 needs them. Matroska (RFC 9559)
/// rounds them to milliseconds, which whoever reads the copy takes for a variable frame rate, and says nothing of when
/// frames are decoded. Here they are put back in the places of the constant rate that was coded, where there is one,
/// and each is decoded as late as it, and all before it, can still be shown in time.
struct PictureTimes: Sendable, Hashable {
    private struct Grid: Sendable, Hashable {
        /// Places in a second.
        let rate: Double
        /// From one to the next.
        let ticks: Int64
    }

    /// The unit of the times that it gives.
    let timeBase: Rational
    private let source: Rational
    /// When the first frame is shown, in `source`.
    private let first: Int64
    /// `nil` where the times stay what they are.
    private let grid: Grid?
    /// When frames are shown, in order, from the first on; in `timeBase`.
    private let shown: [Int64]
    private let delay: Int

    /// `nil` where the file's own times are right.
    /// - Parameters:
    ///   - entry: what was counted of the stream, in the unit `source`.
    ///   - told: rates that the container tells; it may be wrong.
    init?(of entry: StreamCensus.Entry, source: Rational, told: [Rational]) {
        // Packets that are not shown have no place.
        guard entry.packets == entry.times.count, entry.packets > entry.delay + 1, let first = entry.times.first else {
            return nil
        }
        let timing = FrameTiming(times: entry.times, timeBase: source, told: told)
        if case .constant(let rate) = timing, entry.lacksDecodingTimes || !Self.isWhole(rate, in: source) {
            timeBase = timing.timeBase
            grid = Grid(rate: rate.doubleValue, ticks: timing.pace)
        } else if entry.lacksDecodingTimes {
            timeBase = source
            grid = nil
        } else {
            return nil
        }
        self.source = source
        self.first = first
        delay = entry.delay
        shown = entry.times.map { [grid] in Self.ticks($0 &- first, source, grid) }
    }

    /// Whether a frame lasts a whole number of units.
    private static func isWhole(_ rate: Rational, in unit: Rational) -> Bool {
        let (units, over) = rate.denominator.multipliedReportingOverflow(by: unit.denominator)
        let (frames, overToo) = rate.numerator.multipliedReportingOverflow(by: unit.numerator)
        return !over && !overToo && frames > 0 && units % frames == 0
    }

    private static func ticks(_ time: Int64, _ source: Rational, _ grid: Grid?) -> Int64 {
        guard let grid else { return time }
        return Int64(saturating: (source.seconds(time) * grid.rate).rounded() * Double(grid.ticks))
    }

    struct Stamp: Sendable, Hashable {
        var presentation: Int64
        var decoding: Int64
        var duration: Int64
    }

    /// The times of a frame, in `timeBase` (ISO/IEC 14496-12, 8.6.1).
    /// - Parameters:
    ///   - place: how many were decoded before it.
    ///   - time: when it is shown, in the file's unit.
    ///   - zero: what becomes zero, in seconds of the file.
    func stamp(_ place: Int, shown time: Int64, from zero: Double) -> Stamp {
        let start = Int64(saturating: ((source.seconds(first) - zero) / timeBase.doubleValue).rounded())
        let decoded = decodingTime(place)
        return Stamp(
            presentation: start &+ Self.ticks(time &- first, source, grid), decoding: start &+ decoded,
            duration: max(decodingTime(place + 1) &- decoded, 0))
    }

    private func decodingTime(_ place: Int) -> Int64 {
        if place < delay { return shown[place] &- shown[delay] }
        if place - delay < shown.count { return shown[place - delay] }
        let last = shown[shown.count - 1]
        return last &+ (last &- shown[shown.count - 2])
    }
}
