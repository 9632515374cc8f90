#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What samples came to when they were coded in one way, at several factors.
struct SampledFactors: Sendable, Hashable {
    struct Result: Sendable, Hashable {
        var bytes: Double
        /// Structural similarity to the source after upscaling, from 0 to 1: of every picture of the source.
        var similarity: Double

        /// The same on a scale on which a doubling of the bytes is worth about as much everywhere.
        var decibels: Double { -10 * log10(max(1 - similarity, 1e-6)) }
    }

    struct Tried: Sendable, Hashable {
        var factor: Double
        var result: Result
    }

    /// The best factor that is coded with, for the trials to tell something.
    static let best = 14.0
    /// Trials whose bytes are within this of the aim, in powers of two, are taken as they are.
    private static let near = 0.2
    /// No trial is further than this from what was tried: what was seen tells nothing of so far away.
    private static let leap = 6.0
    /// Factors nearer than this are the same trial.
    private static let apart = 0.2

    private(set) var tried: [Tried] = []

    mutating func note(_ factor: Double, _ result: Result) { tried.append(Tried(factor: factor, result: result)) }

    /// The nearest to so many bytes first.
    func near(_ aim: Double) -> [Tried] {
        let goal = log2(max(aim, 1))
        return tried.sorted {
            abs(log2(max($0.result.bytes, 1)) - goal) < abs(log2(max($1.result.bytes, 1)) - goal)
        }
    }

    /// How much the factor rises until the bytes have halved; `nil` where no two trials tell.
    func halving(_ aim: Double) -> Double? { points.halving(bytes: aim) }

    private var points: FactorSearch {
        var points = FactorSearch()
        for one in tried { points.note(factor: one.factor, bytes: one.result.bytes) }
        return points
    }

    func curve(_ aim: Double, halving: Double) -> RateCurve? {
        near(aim).first.map { RateCurve(factor: $0.factor, share: $0.result.bytes / aim, halving: halving) }
    }

    /// The factor of a trial nearer to the aim, where what was tried is too far off.
    /// - Parameter most: trials.
    func refinement(_ aim: Double, halving: Double, most: Int) -> Double? {
        guard let nearest = near(aim).first, tried.count < most else { return nil }
        let off = log2(max(nearest.result.bytes, 1) / aim)
        let found = points.factor(bytes: aim, halving: halving) ?? nearest.factor
        let near = min(max(found, nearest.factor - Self.leap), nearest.factor + Self.leap)
        let factor = min(max(near, Self.best), RatePilot.worst)
        let isNew = tried.allSatisfy { abs($0.factor - factor) > Self.apart }
        return abs(off) > Self.near && isNew ? factor : nil
    }

    /// Decibels of similarity at so many bytes.
    func decibels(_ aim: Double) -> Double? {
        let tried = near(aim)
        guard let nearest = tried.first else { return nil }
        let off = log2(nearest.result.bytes / aim)
        var slope = 1.5
        if tried.count > 1 {
            let doublings = log2(tried[1].result.bytes / nearest.result.bytes)
            if abs(doublings) > 0.05 { slope = (tried[1].result.decibels - nearest.result.decibels) / doublings }
        }
        return nearest.result.decibels - off * min(max(slope, 0), 4)
    }
}
