internal import ReelModel
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Decides how the picture is coded, and from what that came to, whether a part of it or all of it once more: nothing
/// more often than three times. A machine without I/O.
struct EncodeLadder: Sendable {
    /// One coding of pictures.
    struct Attempt: Sendable {
        enum Extent: Sendable, Hashable {
            /// Everything, only to learn what is hard to code and what is easy.
            case survey
            case whole
            /// From this picture on, in the order of coding; it is a key picture.
            case from(Int)
        }

        var extent: Extent
        var preset: EncoderPreset
        var pilot: RatePilot
        /// Quantizers below this are not used, where even the worst factor was too good.
        var leastQuantizer: Int?

        /// As few bytes as it can be.
        static var worst: Attempt {
            let pilot = RatePilot(
                weights: [], reference: RatePilot.worst, scale: 1, trust: 1, budget: nil, ceiling: RatePilot.worst)
            return Attempt(extent: .whole, preset: .medium, pilot: pilot, leastQuantizer: Int(RatePilot.worst))
        }
    }

    /// What one picture came to.
    struct Coded: Sendable, Hashable {
        /// In order of display, from 0.
        var place: Int
        /// With its entries in the container's tables.
        var bytes: Double
        /// The constant rate factor at which it was coded.
        var factor: Double
        var isKey: Bool
    }

    enum Decision: Sendable {
        case encode(Attempt)
        /// The best file so far is good.
        case accept(saturated: Bool)
        case giveUp
    }

    static let mostAttempts = 3

    /// Of the limit: from here on a file counts as full, and is not coded again for what is missing.
    private static let full = 0.98
    /// The same after something was coded again already.
    private static let fullEnough = 0.975
    /// A part that is coded again is so many times larger than what has to change in it: its quality changes little.
    private static let leverage = 12.0
    /// And it has at least so many pictures, so that there is time to steer.
    private static let least = 24
    /// A film of so many pictures can be steered without a survey.
    private static let long = 300
    /// A film of fewer pictures is over before it can be steered: it is surveyed as it will be coded, and at the size.
    static let short = 96
    /// A film of fewer pictures is not steered at all, but coded at one factor.
    private static let tiny = 40
    /// A survey tells a film's bytes at factors as near as this.
    private static let telling = 1.5
    /// Where there is time to steer, as near as this.
    private static let roughlyTelling = 3.0
    /// A survey whose factor moves by more than this is made once more.
    private static let wandering = 5.0
    /// From this factor on a film is likely to be coded at another size than it is surveyed at.
    private static let coarse = 30.0
    /// Fewer pixels than this share of them, and a film is surveyed again.
    private static let smaller = 0.6
    /// A part that has to change by no more than this share of it is coded as it was, a little better or worse.
    private static let replayable = 0.25
    /// Factors from this on are as bad as they get.
    private static let desperate = 50.0
    private static let gain = 1.05

    private var budget: ByteBudget?
    private var frames: Int
    private var bitsPerPixel: Double
    private let ceiling: Double
    private var preset: EncoderPreset
    private let isFast: Bool
    /// What the bytes do near the factor that is needed, at the size that is coded, as samples told.
    private var curve: RateCurve?
    private var surveyed: [Coded]?
    private var surveys = 0
    private(set) var surveyPreset = EncoderPreset.survey
    /// Pixels of a picture that is coded, over those of one that was surveyed.
    private var shrinking = 1.0
    /// Whether fewer pictures are coded than were surveyed.
    private var isThinned = false
    private var search = FactorSearch()
    /// The film as it was coded last, in the order of coding.
    private(set) var film: [Coded] = []
    private var attempts = 0
    private var fileBytes: Int64?
    private var lastQuantizer: Int?
    /// The largest file within the limit.
    private(set) var best: (bytes: Int64, film: [Coded])?

    /// - Parameters:
    ///   - budget: `nil` where the film may become as large as it likes.
    ///   - frames: of the picture, as far as they are known.
    init(
        budget: ByteBudget?, frames: Int, size: Size, ceiling: Double, isFast: Bool = false
    ) {
        self.budget = budget
        self.frames = max(frames, 1)
        self.ceiling = ceiling
        let samples = Double(self.frames) * Double(size.width) * Double(size.height)
        bitsPerPixel = budget.map { Double($0.picture) * 8 / samples } ?? .infinity
        self.isFast = isFast
        preset = EncoderPreset(bitsPerPixel: budget == nil ? 0 : bitsPerPixel, isFast: isFast)
    }

    /// How often the picture, or the part of it that was coded most often, was coded so far.
    var count: Int { attempts }

    /// Whether the attempt that is carried out is the last, and nothing is within the limit yet.
    var isLast: Bool { attempts == Self.mostAttempts - 1 && best == nil }

    /// Notes what an attempt came to.
    /// - Parameters:
    ///   - coded: the pictures that it coded, in the order of coding.
    ///   - fileBytes: of the whole file with them; `nil` after a survey.
    mutating func note(_ attempt: Attempt, coded: [Coded], fileBytes: Int64?) {
        if isTiny, attempt.pilot.budget == nil, attempt.preset == preset {
            search.note(factor: attempt.pilot.factor, bytes: coded.reduce(0) { $0 + $1.bytes })
        }
        switch attempt.extent {
        case .survey:
            surveyed = coded
            surveys += 1
            surveyPreset = attempt.preset
            shrinking = 1
            isThinned = false
            return
        case .whole: film = coded
        case .from(let first): film = film.prefix(first) + coded
        }
        attempts += 1
        lastQuantizer = attempt.leastQuantizer
        self.fileBytes = fileBytes
        if let fileBytes, let budget, fileBytes <= budget.limit, fileBytes > best?.bytes ?? 0 {
            best = (fileBytes, film)
        }
    }

    /// Whether it was surveyed at the size and with the effort with which it will be coded.
    private var isSurveyedAsCoded: Bool { surveyed != nil && surveyPreset == preset && shrinking == 1 && !isThinned }

    /// The factor at which the film would come to the bytes that there are; `nil` before a survey, and where they do not
    /// matter.
    var needed: Double? {
        if let curve, !isSurveyedAsCoded { return curve.needed }
        guard let surveyed, let share = surveyedShare else { return nil }
        return weights(surveyed).reference + halving * log2(share * gain)
    }

    /// Whether the film was so far from what was expected of it that the survey had to look for the factor: what it tells
    /// of single pictures is then little.
    var hasWandered: Bool {
        guard surveys == 1, let first = surveyed?.first?.factor, let last = surveyed?.last?.factor else { return false }
        return abs(last - first) > Self.wandering
    }

    /// Bytes that there are for the pictures; `nil` where they do not matter.
    var picture: Int64? { budget?.picture }
    /// What each picture took in the survey, in order of display, at one factor, and that factor.
    var surveyedBytes: [Double] { surveyed.map { weights($0).weights } ?? [] }
    var surveyedFactor: Double? { surveyed.map { weights($0).reference } }
    /// Bytes of the survey over those that there are.
    var surveyedShare: Double? {
        guard let surveyed, let budget else { return nil }
        return weights(surveyed).weights.reduce(0, +) / max(Double(budget.picture), 1)
    }

    /// With what the film would be coded, at a size of so many pixels over those of the surveyed one.
    func preset(pixels: Double) -> EncoderPreset { EncoderPreset(bitsPerPixel: bitsPerPixel / pixels, isFast: isFast) }

    /// Notes that some of the pictures alone will be coded, before their size is noted.
    /// - Parameters:
    ///   - budget: of a file with those pictures.
    ///   - shown: at each picture of the survey, in order of display, the place of that which is shown then among those.
    mutating func thin(_ budget: ByteBudget, shown: [Int]) {
        guard let surveyed, let last = shown.last else { return }
        let (weights, reference) = weights(surveyed)
        var bytes = [Double](repeating: 0, count: last + 1)
        for (place, weight) in zip(shown, weights) { bytes[place] += weight }
        let keys = Set(surveyed.filter(\.isKey).compactMap { shown.indices.contains($0.place) ? shown[$0.place] : nil })
        self.surveyed = bytes.enumerated().map { place, bytes in
            Coded(place: place, bytes: bytes, factor: reference, isKey: keys.contains(place))
        }
        let before = Double(max(self.budget?.picture ?? budget.picture, 1)) / Double(frames)
        frames = bytes.count
        bitsPerPixel *= Double(budget.picture) / Double(frames) / before
        self.budget = budget
        search = FactorSearch()
        isThinned = true
    }

    /// Notes at what size the picture will be coded.
    /// - Parameters:
    ///   - pixels: of a picture, over those of the surveyed size.
    ///   - curve: what samples of that size came to.
    mutating func resize(pixels: Double, _ curve: RateCurve?) {
        let better = preset(pixels: pixels)
        if pixels != 1 || better != preset { search = FactorSearch() }
        self.curve = curve
        shrinking = pixels
        bitsPerPixel /= pixels
        preset = better
    }

    func next() -> Decision {
        guard let budget else {
            return attempts == 0 ? .encode(unlimited) : .accept(saturated: true)
        }
        guard budget.picture > 0 else { return .giveUp }
        guard let fileBytes else {
            if let surveyed {
                if hasWandered { return .encode(survey(budget, from: surveyed.last?.factor)) }
                return .encode(isTelling(surveyed) ? first(budget, surveyed) : resurvey(budget, surveyed))
            }
            return .encode(isAmple ? generous(budget) : survey(budget))
        }
        let fill = Double(best?.bytes ?? 0) / Double(budget.limit)
        let share = Double((best?.film ?? film).count { $0.factor <= ceiling + 0.3 }) / Double(max(film.count, 1))
        if fill >= (attempts == 1 ? Self.full : Self.fullEnough) { return .accept(saturated: false) }
        if best != nil, share > 0.9 { return .accept(saturated: true) }
        guard attempts < Self.mostAttempts else { return best == nil ? .giveUp : .accept(saturated: false) }
        return .encode(correction(budget, Double(fileBytes)))
    }

    // MARK: Attempts

    /// There are so many bytes that the ceiling is likely to be reached, or that little has to be known to come near it.
    private var isAmple: Bool { bitsPerPixel >= 0.3 && frames >= Self.long }

    private var unlimited: Attempt {
        let pilot = RatePilot(
            weights: [], reference: ceiling, scale: 1, trust: 1, budget: nil, ceiling: ceiling)
        return Attempt(extent: .whole, preset: preset, pilot: pilot)
    }

    private func generous(_ budget: ByteBudget) -> Attempt {
        let mean = Double(budget.picture) / Double(frames)
        let pilot = RatePilot(
            weights: [Double](repeating: mean, count: frames), reference: ceiling, scale: 0.9, trust: 4,
            budget: aim(budget), ceiling: ceiling, stride: 1, lone: lone)
        return Attempt(extent: .whole, preset: preset, pilot: pilot)
    }

    /// It steers for the budget itself, so that what it learns holds near the factor that will be needed.
    /// - Parameter last: the factor at which one before it ended.
    private func survey(_ budget: ByteBudget, from last: Double? = nil) -> Attempt {
        let guess = last ?? min(max(23 - RatePilot.halving * log2(max(bitsPerPixel, 1e-4) / 0.1), 14), 46)
        let preset = isShort && guess < Self.coarse ? preset : .survey
        if isTiny { return constant(guess, .survey, preset) }
        let mean = Double(budget.picture) / Double(frames)
        let pilot = RatePilot(
            weights: [Double](repeating: mean, count: frames), reference: guess, scale: 1, trust: 24,
            budget: Double(budget.picture), ceiling: min(ceiling, guess), stride: 0.2, isSteady: true, lone: lone)
        return Attempt(extent: .survey, preset: preset, pilot: pilot)
    }

    private var lone: Int { RatePilot.lone(of: frames) }
    private var isShort: Bool { frames < Self.short }
    private var isTiny: Bool { frames < Self.tiny }

    /// Everything at one factor.
    private func constant(_ factor: Double, _ extent: Attempt.Extent, _ preset: EncoderPreset) -> Attempt {
        let factor = (min(max(factor, ceiling), RatePilot.worst) * 20).rounded(.up) / 20
        let pilot = RatePilot(weights: [], reference: factor, scale: 1, trust: 1, budget: nil, ceiling: factor)
        return Attempt(extent: extent, preset: preset, pilot: pilot)
    }

    /// At the one factor that what is known leads to.
    /// - Parameter margin: that is kept free, of the limit.
    private func rooted(_ budget: ByteBudget, _ extent: Attempt.Extent, margin: Double) -> Attempt {
        let goal = aim(budget) - Double(budget.limit) * margin
        return constant(search.factor(bytes: goal, halving: halving) ?? needed ?? ceiling, extent, preset)
    }

    /// Whether a survey is near enough to what will be coded, or there is time to steer.
    private func isTelling(_ surveyed: [Coded]) -> Bool {
        guard frames < Self.long, surveys < (isTiny ? 4 : 2), let budget, let needed else { return true }
        let reference = weights(surveyed).reference
        let goal = (isTiny ? search.factor(bytes: aim(budget), halving: halving) : nil) ?? needed
        let off = abs(min(max(goal, ceiling), RatePilot.worst) - reference)
        if isShort { return isSurveyedAsCoded && off <= Self.telling }
        return curve != nil || shrinking > Self.smaller && off <= Self.roughlyTelling
    }

    /// Once more at the size that was chosen, with the factor that it is now known to need.
    private func resurvey(_ budget: ByteBudget, _ surveyed: [Coded]) -> Attempt {
        if isTiny { return rooted(budget, .survey, margin: 0) }
        var attempt = first(budget, surveyed)
        attempt.extent = .survey
        if !isShort { attempt.preset = .survey }
        return attempt
    }

    /// What the real coding takes of what a survey takes at the same factor, about.
    private var gain: Double { surveyPreset == preset ? 1 : Self.gain }

    /// How much the factor rises until the bytes have halved.
    private var halving: Double { curve?.halving ?? RatePilot.halving }

    private func first(_ budget: ByteBudget, _ surveyed: [Coded]) -> Attempt {
        if isTiny, !search.isEmpty { return rooted(budget, .whole, margin: 0.004) }
        var (weights, reference) = weights(surveyed)
        var scale = gain
        if let curve, !isSurveyedAsCoded {
            reference = curve.factor
            scale = curve.share * Double(budget.picture) / max(weights.reduce(0, +), 1)
        }
        let pilot = RatePilot(
            weights: weights, reference: reference, scale: scale, trust: 24, doubt: isSurveyedAsCoded ? 0.1 : 0.2,
            budget: aim(budget), ceiling: ceiling, halving: halving, lone: lone)
        return Attempt(extent: .whole, preset: preset, pilot: pilot)
    }

    /// Codes as much from the end again as the correction needs to be small, with what is now known of each picture.
    private func correction(_ budget: ByteBudget, _ fileBytes: Double) -> Attempt {
        let isLast = attempts == Self.mostAttempts - 1
        // After an overshoot more is kept free, and most of all before the last attempt.
        let margin = best == nil ? (isLast ? 0.02 : 0.002) : 0.0005
        let change = Double(budget.limit) * (1 - margin) - fileBytes
        if isTiny { return rooted(budget, .whole, margin: isLast ? 0.004 : 0.003) }
        let hopeless = film.count { $0.factor >= Self.desperate }
        let isDesperate = best == nil && hopeless * 2 > film.count
        var bytes = 0.0
        var first = 0
        for place in film.indices.reversed() where !isDesperate {
            bytes += film[place].bytes
            if film[place].isKey, film.count - place >= Self.least, bytes >= abs(change) * Self.leverage {
                first = place
                break
            }
        }
        let part = Array(film[first...])
        let before = Set(film[..<first].map(\.place)).count
        let local = part.map { Coded(place: $0.place - before, bytes: $0.bytes, factor: $0.factor, isKey: $0.isKey) }
        let (weights, reference) = Self.weights(local, count: part.count, halving: halving)
        let taken = part.reduce(0) { $0 + $1.bytes }
        if !isDesperate, abs(change) < taken * Self.replayable {
            let pilot = RatePilot(
                local, budget: max(taken + change, 1), ceiling: ceiling, halving: halving, lone: lone)
            return Attempt(extent: first == 0 ? .whole : .from(first), preset: preset, pilot: pilot)
        }
        let pilot = RatePilot(
            weights: weights, reference: reference, scale: 1, trust: 96, doubt: 0.12, budget: max(taken + change, 1),
            ceiling: ceiling, stride: isLast && best == nil ? 2 : 0.4, halving: halving, lone: lone)
        return Attempt(
            extent: first == 0 ? .whole : .from(first), preset: preset, pilot: pilot,
            leastQuantizer: isDesperate ? quantizer(Double(budget.limit), fileBytes) : nil)
    }

    /// The least quantizer for a film whose worst factor was too good: from what the last one came to, and more.
    private func quantizer(_ limit: Double, _ fileBytes: Double) -> Int {
        guard let lastQuantizer else { return 42 }
        let steps = (RatePilot.halving * log2(max(fileBytes / limit, 1))).rounded(.up)
        return min(lastQuantizer + Int(steps) + 3, 51)
    }

    /// What may be spent, with a little kept for what the tables come to in the end. Of a long film a thousandth more is
    /// less than a second coding.
    private func aim(_ budget: ByteBudget) -> Double {
        Double(budget.picture) * (frames < Self.long ? 0.9998 : 0.999) - 24
    }

    /// What each picture took, told at one factor, and spread evenly over the pictures that are coded together: which
    /// of them the encoder gives the bytes is otherwise each time.
    private func weights(_ coded: [Coded]) -> (weights: [Double], reference: Double) {
        Self.weights(coded, count: frames, halving: halving)
    }
}
