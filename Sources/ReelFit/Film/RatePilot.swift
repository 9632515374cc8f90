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
    /// The same for this film, where it is known.
    private let halving: Double

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
    private let window = 48
    /// Pictures at the end that are coded each by itself.
    private let lone: Int
    /// The factor of those before them, once it is known.
    private var lastFactor: Double?
    /// The factor for the picture that is coded next.
    private(set) var factor: Double

    private let sums: [Double]
    private var done = 0
    private var doneWeight = 0.0
    private(set) var spent = 0.0
    /// Pictures that are begun but not counted yet.
    private var flying = 0
    private var whole: Scale
    private var near: Scale
    private var group = Group()
    private var groups = 0
    /// What the first picture of a group takes of all that the group takes.
    private var firstShare = 0.7
    /// Squares of how far off the expectations of groups were, and of those expectations.
    private var missed: Double
    private var expectedSquares: Double

    /// Bytes really taken over bytes expected, at the reference.
    private struct Scale {
        var taken: Double
        var expected: Double
        var value: Double { max(taken / max(expected, .leastNonzeroMagnitude), 1e-6) }
    }

    /// A picture that is shown later than all before it, with those that are coded after it and shown before it: the
    /// factor of the first decides what all of them take. Which of them takes the bytes is the encoder's mood.
    private struct Group {
        var taken = 0.0
        var weight = 0.0
        var bytes = 0.0
        /// What the first of them took.
        var firstBytes = 0.0
        var factor = 0.0
        var last = -1
        /// Pictures that are still to come.
        var missing = 0
        var isLone = true
    }

    /// Whether it keeps to the factor that the whole would want, and does not make up for what went before.
    private let isSteady: Bool
    /// An earlier coding to follow.
    private var replay: Replay?

    /// So many standard deviations of what the last group may come to are kept free for it.
    private static let caution = 1.15
    /// Of a group, until the next.
    private static let memory = 0.92
    /// A group is never expected better than this, relative.
    private static let finest = 0.03
    /// Pictures of a group, before any is known.
    private static let usualGroup = 4

    /// So much do the last pictures differ from those before them.
    private static let evenness = 4.0

    /// Of so many pictures, those at the end that are coded each by itself (P pictures): what a group comes to is known when
    /// it is too late, and the last group has none after it to make up for it.
    static func lone(of count: Int) -> Int { min(5, count / 4) }

    /// - Parameters:
    ///   - scale: bytes per unit of weight at the reference, as far as it is known.
    ///   - trust: that many pictures' worth of experience the scale is taken for.
    ///   - doubt: how far off the expectation of a group of pictures may be, relative.
    ///   - stride: the most that the factor changes at a time.
    ///   - halving: how much the factor rises until the bytes have halved.
    ///   - lone: pictures at the end that are coded each by itself.
    init(
        weights: [Double], reference: Double, scale: Double, trust: Double, doubt: Double = 0.2, budget: Double?,
        ceiling: Double, stride: Double = 0.4, isSteady: Bool = false, halving: Double = Self.halving, lone: Int = 0
    ) {
        self.weights = weights.map { max($0, 1) }
        self.reference = reference
        self.budget = budget
        self.ceiling = ceiling
        self.stride = stride
        self.isSteady = isSteady
        self.halving = halving
        self.lone = lone
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
        let usual = scale * mean * Double(Self.usualGroup)
        expectedSquares = usual * usual * 4
        missed = expectedSquares * doubt * doubt
        factor = ceiling
        guard let budget else { return }
        // What is kept free for the last group depends on the factor, too.
        factor = min(max(reference + halving * log2(sum * scale / max(budget, 1)), ceiling), Self.worst)
        factor = aim
    }

    /// Follows an earlier coding of the same pictures by the same encoder.
    init(_ earlier: [EncodeLadder.Coded], budget: Double, ceiling: Double, halving: Double, lone: Int) {
        let (weights, reference) = EncodeLadder.weights(earlier, count: earlier.count, halving: halving)
        self.init(
            weights: weights, reference: reference, scale: 1, trust: 96, budget: budget, ceiling: ceiling,
            halving: halving, lone: lone)
        let replay = Replay(earlier, budget: budget, ceiling: ceiling, halving: halving, lone: lone)
        factor = min(max(replay.factor(flying: 0), ceiling), Self.worst)
        self.replay = replay
    }

    /// Notes what a picture came to.
    /// - Parameters:
    ///   - place: in order of display.
    ///   - bytes: with its place in the tables.
    ///   - factor: at which it was coded.
    ///   - flying: pictures that are begun but not counted yet.
    mutating func note(place: Int, bytes: Double, at factor: Double, flying: Int = 0) {
        done += 1
        spent += bytes
        self.flying = flying
        replay?.note(bytes: bytes, flying: flying)
        if let replay {
            self.factor = min(max(replay.factor(flying: flying), ceiling), Self.worst)
            return
        }
        if place > group.last {
            close()
            let weight = sum(to: place + 1) - sum(to: group.last + 1)
            let count = place - group.last
            group = Group(
                weight: weight, firstBytes: bytes, factor: factor, last: place, missing: count, isLone: count == 1)
            doneWeight += weight
        }
        group.taken += bytes * exp2((factor - reference) / halving)
        group.bytes += bytes
        group.missing -= 1
        let goal = aim
        let far = abs(goal - self.factor) / 8
        let step = max(stride, isLast ? 3 : isShort ? 1.5 : far)
        let next = self.factor + min(max(goal - self.factor, -step), step)
        // A player stops at the last one, so that it must not be much worse than the others; nor need it be much better.
        if isLast, lastFactor == nil { lastFactor = self.factor }
        self.factor = lastFactor.map { min(max(next, $0 - Self.evenness), $0 + Self.evenness) } ?? next
        self.factor = min(max(self.factor, ceiling), Self.worst)
    }

    private func sum(to place: Int) -> Double {
        place < sums.count ? sums[max(place, 0)] : (sums.last ?? 0) + Double(place - sums.count + 1)
    }

    /// Learns from a group that is whole.
    private mutating func close() {
        guard group.weight > 0 else { return }
        groups += 1
        let expected = group.weight * near.value
        let miss = min(abs(group.taken - expected), expected)
        missed = missed * Self.memory + miss * miss
        expectedSquares = expectedSquares * Self.memory + expected * expected
        if !group.isLone, group.bytes > 0 { firstShare += (group.firstBytes / group.bytes - firstShare) / 8 }
        whole.taken += group.taken
        whole.expected += group.weight
        let memory = 1 - min(group.weight / max(windowWeight, 1), 0.5)
        near.taken = near.taken * memory + group.taken
        near.expected = near.expected * memory + group.weight
    }

    /// What as many pictures as the window weigh.
    private var windowWeight: Double { (sums.last ?? 0) / Double(max(weights.count, 1)) * Double(window) }

    /// Near the end there is no time to be gentle.
    private var isShort: Bool { weights.count - done < window }

    /// Whether the pictures that are begun next stand alone.
    private var isLast: Bool { lone > 0 && group.last + 1 + flying >= weights.count - lone }

    /// The factor at which the rest comes to what is left.
    private var aim: Double {
        guard let budget else { return ceiling }
        if isSteady {
            let expected = (sums.last ?? 0) * whole.value
            return min(max(reference + halving * log2(expected / max(budget, 1)), ceiling), Self.worst)
        }
        let begun = nextGroup
        let rest = (sums.last ?? 0) - doneWeight - begun
        guard rest > 0.5 else { return factor }
        let ahead = sum(to: min(group.last + 1 + window, weights.count)) - sum(to: min(group.last + 1, weights.count))
        let close = min(max(ahead - begun, 0), rest)
        let expected = close * near.value + (rest - close) * whole.value
        let owed = groupRest + begun * near.value * exp2((reference - factor) / halving)
        let left = budget - spent - owed - reserve
        guard left > 0 else { return Self.worst }
        return min(max(reference + halving * log2(expected / left), ceiling), Self.worst)
    }

    /// Bytes that the pictures of the group whose first is counted will still take.
    private var groupRest: Double {
        guard group.missing > 0 else { return 0 }
        let whole = group.firstBytes / max(firstShare, 0.1)
        return max(whole - group.bytes, group.bytes * 0.02)
    }

    /// The weight of the group that is begun, and of which nothing is counted.
    private var nextGroup: Double {
        let first = group.last + 1
        guard flying > group.missing, first < weights.count else { return 0 }
        let length = first >= weights.count - lone ? flying : length
        return sum(to: min(first + length, weights.count)) - sum(to: first)
    }

    /// Pictures of a group, about.
    private var length: Int {
        groups > 2 ? min(Int((Double(done) / Double(groups)).rounded(.up)), 8) : Self.usualGroup
    }

    /// The last group comes to something else than is expected, and nothing follows that could make up for it.
    private var reserve: Double {
        let last = weights.suffix(lone > 0 ? flying + 1 : length).reduce(0, +)
        let scale = near.value * exp2((reference - factor) / halving)
        return Self.caution * max((missed / max(expectedSquares, 1)).squareRoot(), Self.finest) * last * scale
    }
}
