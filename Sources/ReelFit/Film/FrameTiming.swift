internal import ReelMedia
internal import ReelModel

/// When the frames of a film are shown.
enum FrameTiming: Sendable, Hashable {
    /// On a grid of this many frames a second; a place of the grid may be empty.
    case constant(Rational)
    case variable

    /// Shorter than any common frame, longer than what rounding to milliseconds does.
    private static let slack = 0.0006
    private static let common = [24, 25, 30, 50, 60, 12, 15, 20, 48, 100, 120]

    /// - Parameters:
    ///   - times: of all frames, in order, in `timeBase`.
    ///   - told: rates that the container tells; it may be wrong.
    init(times: [Int64], timeBase: Rational, told: [Rational]) {
        guard let first = times.first, let last = times.last, times.count > 1, last > first else {
            self = told.first.map { .constant($0) } ?? .variable
            return
        }
        let measured = Double(times.count - 1) / timeBase.seconds(last &- first)
        let rates =
            told
            + Self.common.flatMap { rate in
                [Rational(Int64(rate)), Rational(Int64(rate) * 1000, 1001)].compactMap { $0 }
            }
        // A grid with mostly empty places is none.
        let possible = rates.filter { $0.doubleValue < measured * 2 && $0.doubleValue > measured * 0.98 }
        let fits = possible.compactMap { rate in Self.deviation(times, timeBase, rate).map { (rate, $0) } }
        // Told rates come first in the list, and `min` keeps the first of equals.
        func rank(_ fit: (Rational, Double)) -> Double {
            (fit.1 * 5000).rounded(.down) + abs(fit.0.doubleValue / measured - 1)
        }
        self = fits.min { rank($0) < rank($1) }.map { .constant($0.0) } ?? .variable
    }

    /// How far the frame that is farthest from its place on the grid is from it, in seconds; `nil` where one has no
    /// place of its own.
    private static func deviation(_ times: [Int64], _ timeBase: Rational, _ rate: Rational) -> Double? {
        let tolerance = max(timeBase.doubleValue, slack)
        let perSecond = rate.doubleValue
        var place = -1.0
        var worst = 0.0
        for time in times {
            let seconds = timeBase.seconds(time &- times[0])
            let next = (seconds * perSecond).rounded()
            worst = max(worst, abs(seconds - next / perSecond))
            guard next > place, worst <= tolerance else { return nil }
            place = next
        }
        return worst
    }

    /// How long a frame lasts, in `timeBase`, where nothing else tells.
    var pace: Int64 {
        guard case .constant(let rate) = self else { return 3600 }
        return max(Int64(saturating: (1 / rate.doubleValue / timeBase.doubleValue).rounded()), 1)
    }

    /// The unit of the coded film's times: fine enough that each frame of a constant rate lasts a whole number of them.
    var timeBase: Rational {
        switch self {
        case .constant(let rate):
            var ticks = rate.numerator
            while ticks < 10_000 { ticks *= 2 }
            return Rational(1, ticks) ?? rate
        case .variable: return Rational(1, 90_000) ?? Rational(1)
        }
    }
}

/// Gives each frame its time in the coded film: in order, each its own, on the grid where there is one.
struct FrameClock: Sendable {
    private let timing: FrameTiming
    let timeBase: Rational
    private var first: Double?
    private var last: Int64 = -1

    init(_ timing: FrameTiming) {
        self.timing = timing
        timeBase = timing.timeBase
    }

    /// The unit of its times, in a second.
    private var ticksPerSecond: Double { Double(timeBase.denominator) / Double(timeBase.numerator) }

    /// How many frames in a row end by a time, the first of which is shown at `start`; `nil` where they have no pace.
    /// It is at least one.
    ///
    /// - Parameters: Seconds from the start of the result.
    func places(from start: Double, by end: Double) -> Int? {
        guard case .constant(let rate) = timing else { return nil }
        let left = ticks(by: end) - (max(start, 0) * ticksPerSecond).rounded()
        let places = (left / (ticksPerSecond / rate.doubleValue).rounded()).rounded(.down)
        return Int(Int64(saturating: max(places, 1)))
    }

    /// The last time that is not after these seconds.
    func ticks(by seconds: Double) -> Double { (seconds * ticksPerSecond + 1e-6).rounded(.down) }

    /// - Parameter seconds: from the start of the result.
    mutating func time(_ seconds: Double) -> Int64 {
        let time: Double
        switch timing {
        case .variable: time = seconds * ticksPerSecond
        case .constant(let rate):
            let start = first ?? max(seconds, 0)
            first = start
            let place = ((seconds - start) * rate.doubleValue).rounded()
            let ticks = (ticksPerSecond / rate.doubleValue).rounded()
            time = (start * ticksPerSecond).rounded() + max(place, 0) * ticks
        }
        // Times that a damaged file repeats still need a place each: every frame is kept.
        last = max(Int64(min(max(time.rounded(), 0), 1e17)), last + 1)
        return last
    }
}
