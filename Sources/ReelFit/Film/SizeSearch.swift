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
    /// In decibels: a smaller size has to be better by this.
    private static let worthwhile = 0.02
    /// Trials whose bytes are within this of the aim, in powers of two, are taken as they are.
    private static let near = 0.2
    private static let mostTrials = 9

    /// The factor at which the full size would come to the bytes that there are.
    private let needed: Double
    private let count: Int
    private var measured: [Int: [(factor: Double, result: Result)]] = [:]
    private var trials = 0

    /// - Parameters:
    ///   - needed: the factor at which the full size comes to the bytes that there are.
    ///   - count: how many of the scales may be tried, the largest first.
    init(needed: Double, count: Int) {
        self.needed = needed
        self.count = min(max(count, 1), Self.scales.count)
    }

    mutating func note(_ trial: Trial, _ result: Result) {
        measured[trial.scale, default: []].append((trial.factor, result))
        trials += 1
    }

    func next() -> Decision {
        if needed <= Self.clean || count == 1 { return .choose(scale: 0, gain: 1) }
        guard let full = measured[0]?.first else {
            return .measure(Trial(scale: 0, factor: min(needed, Self.worst)))
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
        let factor = needed + RatePilot.halving * 1.4 * log2(Self.scales[scale])
        return .measure(Trial(scale: scale, factor: min(max(factor, 14), Self.worst)))
    }

    /// Once more at a factor nearer to the aim, where the first was too far off.
    private func refinement(of scale: Int, _ full: (factor: Double, result: Result)) -> Trial? {
        guard let tried = measured[scale], tried.count == 1 else { return nil }
        let off = log2(tried[0].result.bytes / aim(full))
        let factor = min(max(tried[0].factor + RatePilot.halving * off, 14), RatePilot.worst)
        return abs(off) > Self.near && abs(factor - tried[0].factor) > 0.5 ? Trial(scale: scale, factor: factor) : nil
    }

    /// Decibels of similarity that a size would have at the bytes that there are.
    private func score(_ scale: Int, _ full: (factor: Double, result: Result)) -> Double? {
        guard let tried = measured[scale], let last = tried.last else { return nil }
        func decibels(_ result: Result) -> Double { -10 * log10(max(1 - result.similarity, 1e-6)) }
        let off = log2(last.result.bytes / aim(full))
        var slope = 1.5
        if let first = tried.first, tried.count > 1, abs(first.factor - last.factor) > 0.5 {
            let doublings = log2(first.result.bytes / last.result.bytes)
            if abs(doublings) > 0.05 { slope = (decibels(first.result) - decibels(last.result)) / doublings }
        }
        return decibels(last.result) - off * min(max(slope, 0), 4)
    }

    private func chosen(_ full: (factor: Double, result: Result)) -> Decision {
        let scored = (0..<count).compactMap { scale in score(scale, full).map { (scale, $0) } }
        let best = scored.reduce((0, -Double.infinity)) { $1.1 > $0.1 + Self.worthwhile ? $1 : $0 }
        guard let last = measured[best.0]?.last else { return .choose(scale: 0, gain: 1) }
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
