internal import ReelModel
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Finds the size at which a picture looks best for its bytes, by having samples of it coded at several sizes and
/// compared at the full one. A machine without I/O.
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
        /// The size, and the bytes that it takes at the same factor, over those of the full size.
        case choose(scale: Int, gain: Double)
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
    /// The worst factor that is coded with, for the trials to tell something.
    private static let worst = 48.0
    /// In decibels: a size has to be better than another by this.
    private static let worthwhile = 0.02
    /// The same for each halving of the sides, at factors up to the first and from the second on. Samples begin with key
    /// pictures, which small sizes suit, so that they have to be better by more; but the coarser a picture is coded, the
    /// better a small one looks for its similarity. Measured on 14 films, coded whole at each size, by VMAF.
    private static let handicap = (factors: 28.0...36.0, decibels: 0.7, change: -1.1)
    /// Trials whose bytes are within this of the aim, in powers of two, are taken as they are.
    private static let near = 0.2
    private static let mostTrials = 9

    /// The factor at which the full size would come to the bytes that there are.
    private let needed: Double
    private let surveyed: Double
    private let count: Int
    private var measured: [Int: [(factor: Double, result: Result)]] = [:]
    private var trials = 0

    /// - Parameters:
    ///   - needed: the factor at which the full size comes to the bytes that there are.
    ///   - surveyed: the factor from which that is inferred. The first trial is at this one: from there the bytes that
    ///     samples may have are told without inferring anything.
    ///   - count: how many of the scales may be tried, the largest first.
    init(needed: Double, surveyed: Double, count: Int) {
        self.needed = needed
        self.surveyed = surveyed
        self.count = min(max(count, 1), Self.scales.count)
    }

    mutating func note(_ trial: Trial, _ result: Result) {
        measured[trial.scale, default: []].append((trial.factor, result))
        trials += 1
    }

    func next() -> Decision {
        if needed <= Self.clean || count == 1 { return .choose(scale: 0, gain: 1) }
        guard let full = measured[0]?.first else {
            return .measure(Trial(scale: 0, factor: min(surveyed, Self.worst)))
        }
        if trials >= Self.mostTrials { return chosen(full) }
        if let pending = measured.keys.sorted().lazy.compactMap({ refinement(of: $0, full) }).first {
            return .measure(pending)
        }
        // From the size that such a factor usually wants, on in the direction in which it gets better.
        let start = min(Self.start(needed), count - 1)
        guard score(start, full) != nil else { return measure(start, full) }
        var place = start
        for step in [1, -1] {
            while (0..<count).contains(place + step) {
                guard let here = score(place, full) else { return measure(place, full) }
                guard let there = score(place + step, full) else { return measure(place + step, full) }
                guard step > 0 ? there > here + Self.worthwhile : there > here - Self.worthwhile else { break }
                place += step
            }
            if place != start { break }
        }
        return chosen(full)
    }

    // MARK: What was measured

    /// Bytes that the samples may have.
    private func aim(_ full: (factor: Double, result: Result)) -> Double {
        full.result.bytes * exp2((full.factor - needed) / RatePilot.halving)
    }

    private func measure(_ scale: Int, _ full: (factor: Double, result: Result)) -> Decision {
        // Fewer pixels take fewer bytes, but not in proportion.
        let known = near(0, full).first ?? full
        let halving = halving(0, full)
        let own = known.factor + halving * log2(known.result.bytes / aim(full))
        let factor = own + halving * 1.4 * log2(Self.scales[scale])
        return .measure(Trial(scale: scale, factor: min(max(factor, 14), Self.worst)))
    }

    /// Once more at a factor nearer to the aim, where what was tried is too far off. The full size, to which all others
    /// are held, may be tried three times.
    private func refinement(of scale: Int, _ full: (factor: Double, result: Result)) -> Trial? {
        guard let nearest = near(scale, full).first, let tried = measured[scale], tried.count < (scale == 0 ? 3 : 2)
        else { return nil }
        let off = log2(nearest.result.bytes / aim(full))
        let factor = min(max(nearest.factor + halving(scale, full) * off, 14), RatePilot.worst)
        let isNew = tried.allSatisfy { abs($0.factor - factor) > 0.5 }
        return abs(off) > Self.near && isNew ? Trial(scale: scale, factor: factor) : nil
    }

    /// What was tried at a size, the nearest to the aim first.
    private func near(_ scale: Int, _ full: (factor: Double, result: Result)) -> [(factor: Double, result: Result)] {
        let goal = log2(max(aim(full), 1))
        return (measured[scale] ?? []).sorted {
            abs(log2(max($0.result.bytes, 1)) - goal) < abs(log2(max($1.result.bytes, 1)) - goal)
        }
    }

    /// How much the factor rises until the bytes have halved: by the two trials nearest to the aim at that size, where
    /// there are two, else at the full one.
    private func halving(_ scale: Int, _ full: (factor: Double, result: Result)) -> Double {
        for place in [scale, 0] {
            let tried = near(place, full)
            guard tried.count > 1, abs(tried[0].factor - tried[1].factor) > 0.5 else { continue }
            let octaves = log2(max(tried[0].result.bytes, 1) / max(tried[1].result.bytes, 1))
            let halving = (tried[1].factor - tried[0].factor) / (abs(octaves) > 0.01 ? octaves : 0.01)
            if halving > 0 { return min(max(halving, 0.5), 2 * RatePilot.halving) }
        }
        return RatePilot.halving
    }

    /// Decibels of similarity that a size would have at the bytes that there are.
    private func score(_ scale: Int, _ full: (factor: Double, result: Result)) -> Double? {
        let tried = near(scale, full)
        guard let nearest = tried.first else { return nil }
        func decibels(_ result: Result) -> Double { -10 * log10(max(1 - result.similarity, 1e-6)) }
        let off = log2(nearest.result.bytes / aim(full))
        var slope = 1.5
        if tried.count > 1 {
            let doublings = log2(tried[1].result.bytes / nearest.result.bytes)
            if abs(doublings) > 0.05 { slope = (decibels(tried[1].result) - decibels(nearest.result)) / doublings }
        }
        return decibels(nearest.result) - off * min(max(slope, 0), 4) - handicap * -log2(Self.scales[scale])
    }

    private var handicap: Double {
        let bounds = Self.handicap.factors
        let way = (min(max(needed, bounds.lowerBound), bounds.upperBound) - bounds.lowerBound)
        return Self.handicap.decibels + Self.handicap.change * way / (bounds.upperBound - bounds.lowerBound)
    }

    private func chosen(_ full: (factor: Double, result: Result)) -> Decision {
        // What was tried too far from the aim, with no trial left to come nearer, tells nothing.
        let scored = (0..<count).compactMap { scale in
            scale == 0 || refinement(of: scale, full) == nil ? score(scale, full).map { (scale, $0) } : nil
        }
        let best = scored.reduce((0, -Double.infinity)) { $1.1 > $0.1 + Self.worthwhile ? $1 : $0 }
        guard let last = near(best.0, full).first else { return .choose(scale: 0, gain: 1) }
        let same = full.result.bytes * exp2((full.factor - last.factor) / RatePilot.halving)
        return .choose(scale: best.0, gain: last.result.bytes / max(same, 1))
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
