#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Codes pictures once more as they were coded, a little better or a little worse throughout: the encoder takes the same
/// kinds of pictures in the same order, whatever the factor, so that what each took foretells what it will take. A
/// machine without I/O.
struct Replay: Sendable {
    /// Those of the earlier coding, in the order of coding.
    private let factors: [Double]
    /// What each picture and those after it took.
    private let rests: [Double]
    private let budget: Double
    /// Added to every factor.
    private var shift: Double
    private var done = 0
    private var spent = 0.0
    private var missed: Double
    private var expectedSquares: Double

    /// How far off a picture is expected to be, relative, before any is known.
    private static let doubt = 0.08
    private static let finest = 0.02
    /// Pictures at the end whose bytes nothing after them can make up for.
    private static let tail = 4
    /// The most that the shift changes at a picture, and near the end.
    private static let stride = 0.1
    private static let lastStride = 0.6
    private static let end = 16

    init(_ earlier: [EncodeLadder.Coded], budget: Double) {
        factors = earlier.map(\.factor)
        var sum = 0.0
        rests =
            [0]
            + earlier.reversed().map { one in
                sum += one.bytes
                return sum
            }
        self.budget = budget
        shift = 0
        let mean = sum / Double(max(earlier.count, 1))
        expectedSquares = mean * mean * 8
        missed = expectedSquares * Self.doubt * Self.doubt
        shift = aim
    }

    /// The factor for the picture that is begun next.
    /// - Parameter flying: pictures that are begun but not counted.
    func factor(flying: Int) -> Double {
        guard !factors.isEmpty else { return RatePilot.worst }
        return factors[min(done + flying, factors.count - 1)] + shift
    }

    /// Notes what a picture came to.
    mutating func note(bytes: Double) {
        let before = rest(done) - rest(done + 1)
        let expected = before * exp2(-shift / RatePilot.halving)
        let miss = min(abs(bytes - expected), expected)
        missed = missed * 0.95 + miss * miss
        expectedSquares = expectedSquares * 0.95 + expected * expected
        done += 1
        spent += bytes
        let stride = factors.count - done < Self.end ? Self.lastStride : Self.stride
        shift += min(max(aim - shift, -stride), stride)
    }

    private func rest(_ place: Int) -> Double { rests[max(factors.count - place, 0)] }

    /// The shift at which the rest comes to what is left.
    private var aim: Double {
        let rest = rest(done)
        guard rest > 0.5 else { return shift }
        let scale = exp2(-shift / RatePilot.halving)
        let relative = max((missed / max(expectedSquares, 1)).squareRoot(), Self.finest)
        let reserve = relative * self.rest(max(factors.count - Self.tail, 0)) * scale
        let left = budget - spent - reserve
        guard left > 0 else { return RatePilot.worst }
        return RatePilot.halving * log2(rest / left)
    }
}
