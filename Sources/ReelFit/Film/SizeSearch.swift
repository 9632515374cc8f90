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

    enum Decision: Sendable, Hashable {
        case measure(Trial)
        case choose(Choice)
    }

    struct Choice: Sendable, Hashable {
        var scale: Int
        /// What the samples came to at that size.
        var curve: RateCurve?
        /// Their similarity there at the bytes that there are; `nil` where these are enough.
        var decibels: Double?
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
    /// The worst factor that is begun with, for the trials to tell something.
    private static let worst = 48.0
    /// In decibels: a size has to be better than another by this.
    static let worthwhile = 0.02
    /// The same for each halving of the sides, at factors up to the first and from the second on. Samples begin with key
    /// pictures, which small sizes suit, so that they have to be better by more; but the coarser a picture is coded, the
    /// better a small one looks for its similarity. Measured on 17 films, coded whole at each size, by VMAF.
    private static let handicap = (factors: 28.0...36.0, decibels: 1.1, change: -1.5)
    private static let mostTrials = 12
    /// Of the full size, to which all others are held, and of each other.
    private static let mostOfFull = 6
    private static let mostOfOther = 3

    /// Bytes that the samples may have.
    private let aim: Double
    /// The factor of the first trial.
    private let guess: Double
    private let count: Int
    private var measured: [Int: SampledFactors] = [:]
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

    mutating func note(_ trial: Trial, _ result: SampledFactors.Result) {
        measured[trial.scale, default: SampledFactors()].note(trial.factor, result)
        trials += 1
    }

    func next() -> Decision {
        guard let needed else {
            return .measure(Trial(scale: 0, factor: min(max(guess, SampledFactors.best), Self.worst)))
        }
        if trials >= Self.mostTrials { return chosen }
        if let pending = measured.keys.sorted().lazy.compactMap({ refinement(of: $0) }).first {
            return .measure(pending)
        }
        if needed <= Self.clean { return .choose(Choice(scale: 0, curve: curve(0))) }
        if count == 1 { return chosen }
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
    var needed: Double? { curve(0)?.needed }

    private func curve(_ scale: Int) -> RateCurve? { measured[scale]?.curve(aim, halving: halving(scale)) }

    private func measure(_ scale: Int) -> Decision {
        // Fewer pixels take fewer bytes, but not in proportion.
        let factor = (needed ?? guess) + halving(0) * 1.4 * log2(Self.scales[scale])
        return .measure(Trial(scale: scale, factor: min(max(factor, SampledFactors.best), Self.worst)))
    }

    /// Once more at a factor nearer to the aim, where what was tried is too far off.
    private func refinement(of scale: Int) -> Trial? {
        measured[scale]?.refinement(
            aim, halving: halving(scale), most: scale == 0 ? Self.mostOfFull : Self.mostOfOther
        ).map { Trial(scale: scale, factor: $0) }
    }

    /// How much the factor rises until the bytes have halved: by the trials of that size, else by those of the full one.
    private func halving(_ scale: Int) -> Double {
        measured[scale]?.halving(aim) ?? measured[0]?.halving(aim) ?? RatePilot.halving
    }

    /// Decibels of similarity that a size would have at the bytes that there are, less what is held against it.
    private func score(_ scale: Int) -> Double? {
        measured[scale]?.decibels(aim).map { $0 - Self.handicap(scale, needed: needed ?? guess) }
    }

    /// What is held against a size, in decibels.
    /// - Parameter needed: the factor that the full size needs.
    static func handicap(_ scale: Int, needed: Double) -> Double {
        let bounds = handicap.factors
        let way = min(max(needed, bounds.lowerBound), bounds.upperBound) - bounds.lowerBound
        let ofHalf = handicap.decibels + handicap.change * way / (bounds.upperBound - bounds.lowerBound)
        return ofHalf * -log2(scales[scale])
    }

    private var chosen: Decision {
        // What was tried too far from the aim, with no trial left to come nearer, tells nothing.
        let scored = (0..<count).compactMap { scale in
            scale == 0 || refinement(of: scale) == nil ? score(scale).map { (scale, $0) } : nil
        }
        let best = scored.reduce((0, -Double.infinity)) { $1.1 > $0.1 + Self.worthwhile ? $1 : $0 }
        return .choose(
            Choice(scale: best.0, curve: curve(best.0), decibels: measured[best.0]?.decibels(aim)))
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
