/// Looks for the best quality, and then the largest size, at which an image goes into its bytes. A machine without I/O.
struct StillSearch: Sendable {
    struct Attempt: Sendable, Hashable {
        /// From 2 (best) to 31, as the library counts JPEG's.
        var quality: Int
        /// Of each side.
        var scale: Double
    }

    enum Decision: Sendable, Hashable {
        case encode(Attempt)
        /// The smallest result is too large, and a smaller one would be no picture.
        case giveUp
        /// That attempt was the best that fits.
        case accept(Attempt)
    }

    /// Worse than this, a smaller picture looks better.
    private static let worst = 10
    static let best = 2
    private static let mostAttempts = 12

    private let limit: Int64?
    private let isLossless: Bool
    private var attempts = 0
    private var scale = 1.0
    /// Of the present scale: the best quality that fits, and the worst that does not.
    private var fitting: Int?
    private var failing: Int?

    init(limit: Int64?, isLossless: Bool) {
        self.limit = limit
        self.isLossless = isLossless
    }

    var count: Int { attempts }

    func first() -> Attempt { Attempt(quality: Self.best, scale: 1) }

    /// What to do after an attempt came to so many bytes.
    mutating func next(_ attempt: Attempt, bytes: Int64) -> Decision {
        attempts += 1
        guard let limit, bytes > limit else {
            fitting = attempt.quality
            return following(attempt) ?? .accept(attempt)
        }
        failing = max(failing ?? 0, attempt.quality)
        if let decision = following(attempt) { return decision }
        if let fitting { return .accept(Attempt(quality: fitting, scale: scale)) }
        guard attempts < Self.mostAttempts, scale > 0.01 else { return .giveUp }
        // Bytes go with the area, and a little slower.
        scale *= (Double(limit) / Double(bytes)).squareRoot() * 0.93
        (fitting, failing) = (nil, nil)
        // At a smaller size a middling quality is worth trying first.
        return .encode(Attempt(quality: isLossless ? Self.best : 6, scale: scale))
    }

    /// Another quality at the same size, where one is left between what fits and what does not.
    private func following(_ attempt: Attempt) -> Decision? {
        guard !isLossless, attempts < Self.mostAttempts else { return nil }
        let low = failing ?? Self.best - 1
        let high = fitting ?? Self.worst + 1
        guard high - low > 1 else { return nil }
        // The first step down goes to the worst that is allowed, to know at once whether the size has to go.
        let middle = fitting == nil ? Self.worst : (low + high) / 2
        return .encode(Attempt(quality: middle, scale: scale))
    }
}
