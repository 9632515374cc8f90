/// How long a step will still take, told from how far it came in the last while. A value: somebody else looks at the
/// clock.
public struct TimeLeft: Sendable, Hashable {
    private struct Mark: Sendable, Hashable {
        var seconds: Double
        var fraction: Double
    }

    /// Seconds that are looked back: long enough to even out pictures that are hard to code, short enough to notice that
    /// another phase of the work goes at another speed.
    private static let window = 15.0
    /// Before so much was seen, seconds and share of the whole, nothing is said.
    private static let least = (seconds: 1.0, fraction: 0.01)

    private var marks: [Mark] = []

    public init() {}

    /// Notes how far it is.
    /// - Parameters:
    ///   - fraction: of the whole, from 0 to 1.
    ///   - seconds: by a clock that only goes forward.
    public mutating func note(_ fraction: Double, at seconds: Double) {
        if let last = marks.last, fraction < last.fraction || seconds < last.seconds { marks = [] }
        marks.append(Mark(seconds: seconds, fraction: fraction))
        let inside = marks.firstIndex { seconds - $0.seconds <= Self.window } ?? 0
        // One before this stays in any case, to count from.
        marks.removeFirst(max(min(inside, marks.count - 2), 0))
    }

    /// Seconds; `nil` where it is over, or not told yet.
    public var seconds: Double? {
        guard let first = marks.first, let last = marks.last, last.fraction < 1 else { return nil }
        let (time, way) = (last.seconds - first.seconds, last.fraction - first.fraction)
        guard time >= Self.least.seconds, way >= Self.least.fraction else { return nil }
        return (1 - last.fraction) * time / way
    }

    /// In words: `0:07 left`, `1:02:03 left`.
    public var words: String? {
        guard let seconds, seconds < 360_000 else { return nil }
        let whole = Int((seconds - 1e-6).rounded(.up))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (hours, minutes) = (whole / 3600, whole / 60 % 60)
        let clock = hours > 0 ? "\(hours):\(two(minutes)):\(two(whole % 60))" : "\(minutes):\(two(whole % 60))"
        return "\(clock) left"
    }
}
