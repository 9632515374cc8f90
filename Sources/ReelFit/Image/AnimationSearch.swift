/// Looks for the most colours and then the largest size at which an animation goes into its bytes. A machine without
/// I/O.
struct AnimationSearch: Sendable {
    struct Attempt: Sendable, Hashable {
        /// Of the one palette, from 4 to 256.
        var colors: Int
        /// Of each side.
        var scale: Double
    }

    enum Decision: Sendable, Hashable {
        case encode(Attempt)
        /// That attempt was the best that fits.
        case accept(Attempt)
        case giveUp
    }

    /// Fewer colours are worse to look at than a smaller picture.
    private static let fewest = 64
    private static let mostAttempts = 8
    /// Of the limit: from here on more is not looked for.
    private static let full = 0.93
    /// Steps of size that can be told from one another.
    private static let nearest = 0.02

    private let limit: Int64?
    private var attempts = 0
    private var fitting: (attempt: Attempt, bytes: Int64)?
    private var failing: (attempt: Attempt, bytes: Int64)?

    init(limit: Int64?) { self.limit = limit }

    var count: Int { attempts }

    func first() -> Attempt { Attempt(colors: 256, scale: 1) }

    /// What to do after an attempt came to so many bytes.
    mutating func next(_ attempt: Attempt, bytes: Int64) -> Decision {
        attempts += 1
        guard let limit else { return .accept(attempt) }
        if bytes <= limit {
            if fitting.map({ Self.isBetter(attempt, than: $0.attempt) }) ?? true { fitting = (attempt, bytes) }
        } else if failing.map({ Self.isBetter($0.attempt, than: attempt) }) ?? true {
            failing = (attempt, bytes)
        }
        guard let failing else { return .accept(attempt) }
        let isFull = fitting.map { Double($0.bytes) >= Double(limit) * Self.full || $0.attempt.scale == 1 } ?? false
        guard !isFull, attempts < Self.mostAttempts else { return end }
        // At the full size fewer colours are tried once, where they may be enough.
        if failing.attempt == first(), fitting == nil, Double(failing.bytes) * 0.75 <= Double(limit) {
            return .encode(Attempt(colors: Self.fewest, scale: 1))
        }
        let scale = aim(Double(limit), failing)
        guard scale >= 0.02 else { return end }
        if let fitting, scale - fitting.attempt.scale < Self.nearest { return end }
        return .encode(Attempt(colors: 256, scale: scale))
    }

    private var end: Decision { fitting.map { .accept($0.attempt) } ?? .giveUp }

    /// Bytes go with the area, and a little slower; between two that were tried, as they tell.
    private func aim(_ limit: Double, _ failing: (attempt: Attempt, bytes: Int64)) -> Double {
        let over = failing.attempt.scale * (limit / Double(failing.bytes)).squareRoot() * 0.96
        guard let fitting else { return over }
        let share =
            ((limit * (1 + Self.full) / 2).squareRoot() - Double(fitting.bytes).squareRoot())
            / max(Double(failing.bytes).squareRoot() - Double(fitting.bytes).squareRoot(), 1)
        let low = fitting.attempt.scale
        return low + min(max(share, 0), 0.95) * (failing.attempt.scale - low)
    }

    private static func isBetter(_ one: Attempt, than other: Attempt) -> Bool {
        (one.scale, one.colors) > (other.scale, other.colors)
    }
}
