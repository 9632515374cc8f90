internal import ReelModel
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Finds the size at which a picture looks best for its bytes, and the factor that it needs there, by having samples of
/// it coded at several sizes and compared at the full one. A machine without I/O.
struct SizeSearch: Sendable {
    /// A sample coded at a size, with this constant rate factor.
    struct Trial: Sendable, Hashable {
        var scale: Int
        var factor: Double
    }

    /// What a trial came to.
    struct Result: Sendable, Hashable {
        var bytes: Double
        /// Structural similarity to the source after upscaling, from 0 to 1.
        var similarity: Double
    }

    enum Decision: Sendable, Hashable {
        case measure(Trial)
        /// The size, and what the samples came to at it.
        case choose(scale: Int, RateCurve?)
    }

    /// Sides of the coded picture over those of the full one.
    static let scales = [1, 0.8, 0.667, 0.5, 0.4, 0.333, 0.25, 0.2]

    /// A picture of fewer rows or columns shows nothing any more.
    private static let least = 120

    /// The sizes that may be tried for a picture, the full one first.
    static func sizes(_ full: Size) -> [Size] {
        scales.enumerated().compactMap { place, scale in
            let size = Size(
                width: Int(Double(full.width) * scale) / 2 * 2, height: Int(Double(full.height) * scale) / 2 * 2)
            return place == 0 ? full : size.shortSide >= least ? size : nil
        }
    }

    /// At and below this factor the full size has enough bytes, and nothing is measured.
    static let clean = 26.0
    /// The best and the worst factor that is coded with, for the trials to tell something.
    private static let best = 14.0
    private static let worst = 48.0
    /// In decibels: a size has to be better than another by this.
    private static let worthwhile = 0.02
    /// The same for each halving of the sides, at factors up to the first and from the second on. Samples begin with key
    /// pictures, which small sizes suit, so that they have to be better by more; but the coarser a picture is coded, the
    /// better a small one looks for its similarity. Measured on 17 films, coded whole at each size, by VMAF.
    private static let handicap = (factors: 28.0...36.0, decibels: 1.1, change: -1.5)
    /// Trials whose bytes are within this of the aim, in powers of two, are taken as they are.
    private static let near = 0.2
    private static let mostTrials = 12
    /// Of the full size, to which all others are held, and of each other.
    private static let mostOfFull = 6
    private static let mostOfOther = 3
    /// No trial is further than this from what was tried: what was seen tells nothing of so far away.
    private static let leap = 6.0
    /// Factors nearer than this are the same trial.
    private static let apart = 0.2

    /// Bytes that the samples may have.
    private let aim: Double
    /// The factor of the first trial.
    private let guess: Double
    private let count: Int
    private var measured: [Int: [(factor: Double, result: Result)]] = [:]
    private var trials = 0

    /// - Parameters:
    ///   - aim: bytes that the samples may have.
    ///   - guess: the factor at which the full size is thought to come to them.
    ///   - count: how many of the scales may be tried, the largest first.
    init(aim: Double, guess: Double, count: Int) {
        self.aim = max(aim, 1)
        self.guess = guess
        self.count = min(max(count, 1), Self.scales.count)
    }

    mutating func note(_ trial: Trial, _ result: Result) {
        measured[trial.scale, default: []].append((trial.factor, result))
        trials += 1
    }

    func next() -> Decision {
        guard let needed else { return .measure(Trial(scale: 0, factor: min(max(guess, Self.best), Self.worst))) }
        if trials >= Self.mostTrials { return chosen }
        if let pending = measured.keys.sorted().lazy.compactMap({ refinement(of: $0) }).first {
            return .measure(pending)
        }
        if needed <= Self.clean || count == 1 { return .choose(scale: 0, curve(0)) }
        // From the size that such a factor usually wants, on in the direction in which it gets better.
        let start = min(Self.start(needed), count - 1)
        guard score(start) != nil else { return measure(start) }
        var place = start
        for step in [1, -1] {
            while (0..<count).contains(place + step) {
                guard let here = score(place) else { return measure(place) }
                guard let there = score(place + step) else { return measure(place + step) }
                guard step > 0 ? there > here + Self.worthwhile : there > here - Self.worthwhile else { break }
                place += step
            }
            if place != start { break }
        }
        return chosen
    }

    // MARK: What was measured

    /// The factor at which the full size comes to the bytes that there are, once it was tried.
    private var needed: Double? { curve(0)?.needed }

    private func curve(_ scale: Int) -> RateCurve? {
        near(scale).first.map {
            RateCurve(factor: $0.factor, share: $0.result.bytes / aim, halving: halving(scale))
        }
    }

    private func measure(_ scale: Int) -> Decision {
        // Fewer pixels take fewer bytes, but not in proportion.
        let factor = (needed ?? guess) + halving(0) * 1.4 * log2(Self.scales[scale])
        return .measure(Trial(scale: scale, factor: min(max(factor, Self.best), Self.worst)))
    }

    /// Once more at a factor nearer to the aim, where what was tried is too far off.
    private func refinement(of scale: Int) -> Trial? {
        guard let nearest = near(scale).first, let tried = measured[scale],
            tried.count < (scale == 0 ? Self.mostOfFull : Self.mostOfOther)
        else { return nil }
        let off = log2(max(nearest.result.bytes, 1) / aim)
        let found = points(scale).factor(bytes: aim, halving: halving(scale)) ?? nearest.factor
        let near = min(max(found, nearest.factor - Self.leap), nearest.factor + Self.leap)
        let factor = min(max(near, Self.best), RatePilot.worst)
        let isNew = tried.allSatisfy { abs($0.factor - factor) > Self.apart }
        return abs(off) > Self.near && isNew ? Trial(scale: scale, factor: factor) : nil
    }

    private func points(_ scale: Int) -> FactorSearch {
        var points = FactorSearch()
        for one in measured[scale] ?? [] { points.note(factor: one.factor, bytes: one.result.bytes) }
        return points
    }

    /// What was tried at a size, the nearest to the aim first.
    private func near(_ scale: Int) -> [(factor: Double, result: Result)] {
        let goal = log2(max(aim, 1))
        return (measured[scale] ?? []).sorted {
            abs(log2(max($0.result.bytes, 1)) - goal) < abs(log2(max($1.result.bytes, 1)) - goal)
        }
    }

    /// How much the factor rises until the bytes have halved: by the trials of that size, else by those of the full one.
    private func halving(_ scale: Int) -> Double {
        points(scale).halving(bytes: aim) ?? points(0).halving(bytes: aim) ?? RatePilot.halving
    }

    /// Decibels of similarity that a size would have at the bytes that there are.
    private func score(_ scale: Int) -> Double? {
        let tried = near(scale)
        guard let nearest = tried.first else { return nil }
        func decibels(_ result: Result) -> Double { -10 * log10(max(1 - result.similarity, 1e-6)) }
        let off = log2(nearest.result.bytes / aim)
        var slope = 1.5
        if tried.count > 1 {
            let doublings = log2(tried[1].result.bytes / nearest.result.bytes)
            if abs(doublings) > 0.05 { slope = (decibels(tried[1].result) - decibels(nearest.result)) / doublings }
        }
        return decibels(nearest.result) - off * min(max(slope, 0), 4) - handicap * -log2(Self.scales[scale])
    }

    private var handicap: Double {
        let bounds = Self.handicap.factors
        let way = (min(max(needed ?? guess, bounds.lowerBound), bounds.upperBound) - bounds.lowerBound)
        return Self.handicap.decibels + Self.handicap.change * way / (bounds.upperBound - bounds.lowerBound)
    }

    private var chosen: Decision {
        // What was tried too far from the aim, with no trial left to come nearer, tells nothing.
        let scored = (0..<count).compactMap { scale in
            scale == 0 || refinement(of: scale) == nil ? score(scale).map { (scale, $0) } : nil
        }
        let best = scored.reduce((0, -Double.infinity)) { $1.1 > $0.1 + Self.worthwhile ? $1 : $0 }
        return .choose(scale: best.0, curve(best.0))
    }

    /// The scale from which the search begins.
    static func start(_ needed: Double) -> Int {
        switch needed {
        case ...31: 1
        case ...36: 2
        case ...42: 3
        case ...48: 5
        default: 6
        }
    }
}
