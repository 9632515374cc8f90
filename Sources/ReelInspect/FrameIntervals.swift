/// The distances between frames, taken in order of presentation, in flat memory.
struct FrameIntervals: Sendable {
    /// How many frames a codec may hold back to put them in order (H.264 and HEVC: 16), twice.
    private static let window = 32

    private var waiting: [Int64] = []
    private(set) var shortest: Int64 = .max
    private(set) var longest: Int64 = .min
    private(set) var first: Int64?
    private(set) var last: Int64?
    private(set) var count = 0

    /// A frame's time, in any order that a codec can make.
    mutating func add(unordered stamp: Int64) {
        let place = waiting.lastIndex { $0 <= stamp }.map { $0 + 1 } ?? 0
        waiting.insert(stamp, at: place)
        if waiting.count > Self.window { add(waiting.removeFirst()) }
    }

    /// Takes what is still held back.
    mutating func flush() {
        for stamp in waiting { add(stamp) }
        waiting.removeAll()
    }

    /// The next frame's time, in order.
    mutating func add(_ stamp: Int64) {
        if let last {
            let distance = stamp.clamped(minus: last)
            shortest = min(shortest, distance)
            longest = max(longest, distance)
        }
        first = first ?? stamp
        last = stamp
        count += 1
    }

    /// Whether frames last differently; `nil` with fewer than three. Up to 1.5 ms and one unit is the rounding of
    /// containers that count in milliseconds, not a difference.
    /// - Parameter unit: of the time stamps, in seconds.
    func isVariable(unit: Double) -> Bool? {
        guard count > 2 else { return nil }
        return (Double(longest) - Double(shortest)) * unit > 0.0015 + unit
    }

    /// The average distance, in units; `nil` with fewer than two frames.
    var average: Double? {
        guard count > 1, let first, let last, last > first else { return nil }
        return (Double(last) - Double(first)) / Double(count - 1)
    }
}

/// Damaged files have time stamps from one end of the numbers to the other.
extension Int64 {
    func clamped(minus other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other < 0 ? .max : .min) : difference
    }

    func clamped(plus other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other > 0 ? .max : .min) : sum
    }
}
