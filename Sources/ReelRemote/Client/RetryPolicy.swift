/// What to do about one refused or unanswered call. A pure machine: it is told what went wrong, and says what to do
/// next. What may have taken effect is never repeated.
struct RetryPolicy: Sendable {
    enum Action: Sendable, Hashable {
        /// Ask for a new anonymous token, and repeat the call.
        case renewToken
        /// Make a new client id, and repeat.
        case renewClientID
        /// Wait this many seconds, and repeat.
        case wait(Double)
        case giveUp
    }

    /// Seconds.
    struct Waits: Sendable, Hashable {
        /// After 429, once.
        var rateLimit = 30.0
        /// After each failure that may pass.
        var transient = [0.5, 1.5]
    }

    private let hasOwnToken: Bool
    private let waits: Waits
    private var renewedToken = false
    private var renewedClientID = false
    private var waitedForRate = false
    private var transientFailures = 0

    /// - Parameter hasOwnToken: whether the token is the caller's, which is reported, never replaced.
    init(hasOwnToken: Bool, waits: Waits = Waits()) {
        self.hasOwnToken = hasOwnToken
        self.waits = waits
    }

    mutating func on(_ error: RemoteError) -> Action {
        guard !error.mayHaveTakenEffect else { return .giveUp }
        switch error.kind {
        case .tokenInvalid:
            guard !hasOwnToken, !renewedToken else { return .giveUp }
            renewedToken = true
            return .renewToken
        case .clientIDMissing:
            guard !renewedClientID else { return .giveUp }
            renewedClientID = true
            return .renewClientID
        case .rateLimited:
            guard !waitedForRate else { return .giveUp }
            waitedForRate = true
            return .wait(waits.rateLimit)
        case .serverError, .unreachable, .outcomeUnknown:
            guard transientFailures < waits.transient.count else { return .giveUp }
            transientFailures += 1
            return .wait(waits.transient[transientFailures - 1])
        case .sessionNotFound, .outOfCredits, .unsupportedType, .tooLarge, .planTooLow, .notFound, .linkExpired,
            .refused, .insecure, .timedOut, .unreadableAnswer, .localFile:
            return .giveUp
        }
    }
}
