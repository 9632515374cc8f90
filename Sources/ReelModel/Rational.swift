/// An exact ratio, kept as it was read: 30000/1001 is not 29.97. The denominator is positive.
public struct Rational: Sendable, Hashable, Codable {
    public let numerator: Int64
    public let denominator: Int64

    /// Reduced to lowest terms; `nil` where the denominator is zero or a term cannot be negated.
    public init?(_ numerator: Int64, _ denominator: Int64) {
        guard denominator != 0, numerator != .min, denominator != .min else { return nil }
        let sign: Int64 = denominator < 0 ? -1 : 1
        let divisor = Rational.greatestCommonDivisor(abs(numerator), abs(denominator))
        self.numerator = sign * numerator / divisor
        self.denominator = sign * denominator / divisor
    }

    public init(_ whole: Int64) {
        numerator = whole
        denominator = 1
    }

    /// Of a second.
    public static let millisecond = Rational(reduced: 1, 1000)

    private init(reduced numerator: Int64, _ denominator: Int64) {
        self.numerator = numerator
        self.denominator = denominator
    }

    public var doubleValue: Double { Double(numerator) / Double(denominator) }

    private static func greatestCommonDivisor(_ a: Int64, _ b: Int64) -> Int64 {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return max(a, 1)
    }
}

extension Rational: CustomStringConvertible {
    public var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }
}

extension Rational {
    /// The fraction nearest to a positive number among those whose terms do not pass `limit` (continued fractions).
    public init?(nearest value: Double, upTo limit: Int64) {
        guard value.isFinite, value > 0, value <= Double(limit), limit > 0 else { return nil }
        var (over, under): (Int64, Int64) = (1, 0)
        var (lastOver, lastUnder): (Int64, Int64) = (0, 1)
        var rest = value
        for _ in 0..<32 {
            let whole = rest.rounded(.down)
            guard whole <= Double(limit) else { break }
            let step = Int64(whole)
            let next = (step * over + lastOver, step * under + lastUnder)
            guard next.0 <= limit, next.1 <= limit else { break }
            (lastOver, lastUnder) = (over, under)
            (over, under) = next
            let fraction = rest - whole
            guard fraction > 1e-9 else { break }
            rest = 1 / fraction
        }
        guard under > 0 else { return nil }
        self.init(over, under)
    }
}
