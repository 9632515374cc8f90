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
    /// What each picture and those after it took: all of them, and those that may become better.
    private let rests: [Double]
    private let movable: [Double]
    private let budget: Double
    private let halving: Double
    /// Pictures at the end whose bytes nothing after them can make up for.
    private let tail: Int
    /// Added to every factor.
    private var shift: Double
    private var done = 0
    private var flying = 0
    private var spent = 0.0
    private var missed: Double
    private var expectedSquares: Double

    /// How far off a picture is expected to be, relative, before any is known.
    private static let doubt = 0.08
    private static let finest = 0.02
    /// Pictures of the last group, where the last ones do not stand alone.
    private static let group = 4
    /// The most that the shift changes at a picture, and near the end.
    private static let stride = 0.1
    private static let lastStride = 0.6
    private static let end = 16

    /// - Parameters:
    ///   - ceiling: pictures that are coded with this factor already do not become better.
    ///   - halving: how much the factor rises until the bytes have halved.
    ///   - lone: pictures at the end that are coded each by itself.
    init(_ earlier: [EncodeLadder.Coded], budget: Double, ceiling: Double, halving: Double, lone: Int) {
        factors = earlier.map(\.factor)
        rests = Self.sums(earlier.map(\.bytes))
        movable = Self.sums(earlier.map { $0.factor > ceiling + Self.atCeiling ? $0.bytes : 0 })
        let sum = rests.last ?? 0
        self.budget = budget
        self.halving = halving
        tail = lone > 0 ? 1 : Self.group
        shift = 0
        let mean = sum / Double(max(earlier.count, 1))
        expectedSquares = mean * mean * 8
        missed = expectedSquares * Self.doubt * Self.doubt
        shift = aim
    }

    /// Nearer to the ceiling than this there is no room.
    private static let atCeiling = 0.1

    /// Of the last so many.
    private static func sums(_ bytes: [Double]) -> [Double] {
        var sum = 0.0
        return [0]
            + bytes.reversed().map { one in
                sum += one
                return sum
            }
    }

    /// The factor for the picture that is begun next.
    /// - Parameter flying: pictures that are begun but not counted.
    func factor(flying: Int) -> Double {
        guard !factors.isEmpty else { return RatePilot.worst }
        return factors[min(done + flying, factors.count - 1)] + shift
    }

    /// Notes what a picture came to.
    /// - Parameter flying: pictures that are begun but not counted.
    mutating func note(bytes: Double, flying: Int) {
        self.flying = flying
        let before = rest(done) - rest(done + 1)
        let expected = before * exp2(-shift / halving)
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
        let rest = rest(done + flying)
        guard rest > 0.5 else { return shift }
        let scale = exp2(-shift / halving)
        let relative = max((missed / max(expectedSquares, 1)).squareRoot(), Self.finest)
        let reserve = relative * self.rest(max(factors.count - tail - flying, 0)) * scale
        let owed = (self.rest(done) - rest) * scale
        let left = budget - spent - owed - reserve
        guard left > 0 else { return RatePilot.worst }
        guard left > rest else { return halving * log2(rest / left) }
        let movable = movable[max(factors.count - done - flying, 0)]
        return movable > 0.5 ? max(-halving * log2((left - rest + movable) / movable), -Self.most) : -Self.most
    }

    /// The most that pictures become better at once.
    private static let most = 6.0
}
