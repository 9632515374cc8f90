internal import ReelModel
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Finds whether a film looks better for its bytes where every second picture alone is kept, and shown for two, by having
/// samples coded so and compared with every picture of the source. A machine without I/O.
///
/// Every third was measured too: it is hardly ever better than every second, and often worse (`tools/benches/fit.md`).
struct ThinningSearch: Sendable {
    /// Samples of which every second picture is coded, at a size and a constant rate factor.
    typealias Trial = SizeSearch.Trial

    struct Choice: Sendable, Hashable {
        var isThinned: Bool
        var scale: Int
        /// What the samples came to so.
        var curve: RateCurve?
    }

    enum Decision: Sendable, Hashable {
        case measure(Trial)
        case choose(Choice)
    }

    /// Of how many pictures one is kept.
    static let step = 2

    /// From this share on, which pictures that stand in for others miss from the start, nothing is tried. Measured on 22
    /// films: beyond, it is worse by VMAF, but where hardly anything can be seen.
    private static let mostMissing = 0.5
    /// Decibels by which it has to be better, and how much more for all of what is missing. Samples begin with key
    /// pictures, of which there are as many with half the pictures, so that it is better by half a decibel and more in the
    /// whole film; but SSIM is kinder to pictures that stand than VMAF is.
    private static let handicap = (decibels: -0.3, change: 0.8)
    /// What every second picture takes of the bytes of all at the same factor, about.
    private static let usualShare = 0.8
    private static let mostOfOne = 2

    private let all: SizeSearch.Choice
    private let needed: Double
    private let aims: (all: Double, thinned: Double)
    private let handicap: Double
    private var measured: [Int: SampledFactors] = [:]

    /// - Parameters:
    ///   - all: what is best with every picture kept.
    ///   - needed: the factor that the full size needs so.
    ///   - aims: bytes that the samples may have, with every picture and with every second: tables take fewer then.
    ///   - likeness: similarity of the source's pictures to those that would stand in for them, in the mean of all.
    init(_ all: SizeSearch.Choice, needed: Double, aims: (all: Double, thinned: Double), likeness: Double) {
        self.all = all
        self.needed = needed
        self.aims = (max(aims.all, 1), max(aims.thinned, 1))
        let missing = Self.missing(likeness: likeness, decibels: all.decibels ?? 0)
        handicap = Self.handicap.decibels + Self.handicap.change * missing
    }

    /// Whether it is worth trying.
    /// - Parameter decibels: of the film with every picture kept.
    static func isPromising(likeness: Double, decibels: Double) -> Bool {
        missing(likeness: likeness, decibels: decibels) < mostMissing
    }

    /// What pictures that stand in for others miss of their similarity from the start, over what the film misses of it
    /// with every picture kept.
    private static func missing(likeness: Double, decibels: Double) -> Double {
        (1 - likeness) / pow(10, -decibels / 10)
    }

    mutating func note(_ trial: Trial, _ result: SampledFactors.Result) {
        measured[trial.scale, default: SampledFactors()].note(trial.factor, result)
    }

    func next() -> Decision {
        var best = Choice(isThinned: false, scale: all.scale, curve: all.curve)
        guard let decibels = all.decibels, all.curve != nil else { return .choose(best) }
        var score = decibels - SizeSearch.handicap(all.scale, needed: needed) + handicap
        // With fewer pictures there are more bytes for each: the same size, or a larger one.
        for scale in (0...all.scale).reversed() {
            guard let here = self.score(scale) else { return .measure(first(scale)) }
            if let again = refinement(of: scale) { return .measure(again) }
            guard here > score + SizeSearch.worthwhile else { break }
            score = here
            best = Choice(isThinned: true, scale: scale, curve: curve(scale))
        }
        return .choose(best)
    }

    private func first(_ scale: Int) -> Trial {
        let known = measured[scale + 1].flatMap { _ in curve(scale + 1) }
        let from = known == nil ? all.scale : scale + 1
        var octaves = 1.4 * log2(SizeSearch.scales[scale] / SizeSearch.scales[from])
        if known == nil { octaves += log2(Self.usualShare * aims.all / aims.thinned) }
        let factor = (known?.needed ?? all.curve?.needed ?? needed) + halving(scale) * octaves
        return Trial(scale: scale, factor: min(max(factor, SampledFactors.best), RatePilot.worst))
    }

    private func refinement(of scale: Int) -> Trial? {
        measured[scale]?.refinement(aims.thinned, halving: halving(scale), most: Self.mostOfOne).map {
            Trial(scale: scale, factor: $0)
        }
    }

    private func halving(_ scale: Int) -> Double {
        measured[scale]?.halving(aims.thinned) ?? all.curve?.halving ?? RatePilot.halving
    }

    private func curve(_ scale: Int) -> RateCurve? {
        measured[scale]?.curve(aims.thinned, halving: halving(scale))
    }

    /// Decibels of similarity at the bytes that there are, less what is held against the size.
    private func score(_ scale: Int) -> Double? {
        measured[scale]?.decibels(aims.thinned).map { $0 - SizeSearch.handicap(scale, needed: needed) }
    }
}
