internal import ReelModel
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Steers an encoder's constant rate factor while it runs, so that the pictures come to the bytes that there are for
/// them: from what each picture is expected to take, and from what those that are done have taken. One factor for all
/// of them is aimed at, so that what is hard to code gets the bytes that it needs. A machine without I/O.
struct RatePilot: Sendable {
    /// The worst that x264 does in 8 bits.
    static let worst = 51.0
    /// How much the factor rises until the bytes have halved: a rule of thumb, close enough to begin with.
    static let halving = 6.0

    /// What each picture is expected to take, in order of display: bytes at the factor `reference`, but for a scale
    /// that is found on the way.
    let weights: [Double]
    let reference: Double
    /// For all pictures with their places in the tables; `nil` where it does not matter.
    let budget: Double?
    let ceiling: Double
    /// The most that the factor changes from one picture to the next.
    private let stride: Double
    /// Pictures from which the scale of the near future is judged.
    private let window: Int
    /// The factor for the picture that is coded next.
    private(set) var factor: Double

    private let sums: [Double]
    private var done = 0
    private var doneWeight = 0.0
    private(set) var spent = 0.0
    private var whole: Scale
    private var near: Scale
    /// The last pictures that came out.
    private var recent: [(taken: Double, weight: Double)] = []
    private static let batch = 3
    /// Mean square of how far off the expectation of so many pictures together was, relative: kinds of pictures that
    /// follow each other otherwise than expected even out.
    private var error: Double

    /// Bytes really taken over bytes expected, at the reference.
    private struct Scale {
        var taken: Double
        var expected: Double
        var value: Double { max(taken / max(expected, .leastNonzeroMagnitude), 1e-6) }
    }

    /// Whether it keeps to the factor that the whole would want, and does not make up for what went before.
    private let isSteady: Bool

    /// - Parameters:
    ///   - scale: bytes per unit of weight at the reference, as far as it is known.
    ///   - trust: that many pictures' worth of experience the scale is taken for.
    ///   - doubt: how far off the expectation of a few pictures may be, relative.
    ///   - stride: the most that the factor changes at a time.
    init(
        weights: [Double], reference: Double, scale: Double, trust: Double, doubt: Double = 0.25, budget: Double?,
        ceiling: Double, stride: Double = 0.4, isSteady: Bool = false
    ) {
        self.weights = weights.map { max($0, 1) }
        self.reference = reference
        self.budget = budget
        self.ceiling = ceiling
        self.stride = stride
        self.isSteady = isSteady
        error = doubt * doubt
        window = 48
        var sum = 0.0
        var sums = [0.0]
        for weight in self.weights {
            sum += weight
            sums.append(sum)
        }
        self.sums = sums
        let mean = sum / Double(max(weights.count, 1))
        whole = Scale(taken: scale * mean * trust, expected: mean * trust)
        near = Scale(taken: scale * mean * 8, expected: mean * 8)
        factor = ceiling
        factor = aim
    }

    /// Notes what a picture came to.
    /// - Parameters:
    ///   - place: in order of display.
    ///   - bytes: with its place in the tables.
    ///   - factor: at which it was coded.
    mutating func note(place: Int, bytes: Double, at factor: Double) {
        let weight = weights.indices.contains(place) ? weights[place] : 1
        done += 1
        doneWeight += weight
        spent += bytes
        let taken = bytes * exp2((factor - reference) / Self.halving)
        recent.append((taken, weight))
        if recent.count > Self.batch { recent.removeFirst() }
        let sum = recent.reduce((0.0, 0.0)) { ($0.0 + $1.0, $0.1 + $1.1) }
        let miss = sum.0 / max(sum.1 * near.value, 1) - 1
        error += (min(miss * miss, 0.25) - error) / 24
        whole.taken += taken
        whole.expected += weight
        let memory = 1 - 1 / Double(window)
        near.taken = near.taken * memory + taken
        near.expected = near.expected * memory + weight
        let goal = aim
        let step = goal > self.factor && isShort ? max(stride, 2) : stride
        self.factor += min(max(goal - self.factor, -stride), step)
        self.factor = min(max(self.factor, ceiling), Self.worst)
    }

    /// Near the end there is no time to be gentle.
    private var isShort: Bool { weights.count - done < window }

    /// The factor at which the rest comes to what is left.
    private var aim: Double {
        guard let budget else { return ceiling }
        if isSteady {
            let expected = (sums.last ?? 0) * whole.value
            return min(max(reference + Self.halving * log2(expected / max(budget, 1)), ceiling), Self.worst)
        }
        let rest = max((sums.last ?? 0) - doneWeight, 0)
        guard rest > 0 else { return factor }
        let ahead = sums[min(done + window, weights.count)] - sums[min(done, weights.count)]
        let close = min(ahead, rest)
        let expected = close * near.value + (rest - close) * whole.value
        let left = budget - spent - reserve
        guard left > 0 else { return Self.worst }
        return min(max(reference + Self.halving * log2(expected / left), ceiling), Self.worst)
    }

    /// The last pictures come to something else than is expected, and nothing follows that could make up for it.
    private var reserve: Double {
        let last = weights.suffix(min(max(weights.count - done, Self.batch), 8)).reduce(0) { $0 + $1 * $1 }
        let scale = near.value * exp2((reference - factor) / Self.halving)
        return 0.4 * (max(error, 0.01) * Double(Self.batch) * last).squareRoot() * scale
    }
}
