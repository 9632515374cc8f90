internal import FlyingFox
internal import ReelModel

/// One way in which a service can go wrong. One file each, and one line in `Fault.all`.
struct Fault: Sendable {
    /// What `name:VALUE=RATE` sets.
    struct Parameter: Sendable {
        let meaning: String
        /// Where none is given.
        let standard: Double
    }

    /// What a fault does to the backend's own state.
    enum Deed: Sendable { case endToken, endSession, failRender }

    let name: String
    /// One line for the list: what the client sees, and whether the request was carried out.
    let summary: String
    var parameter: Parameter?
    /// The requests that it may strike; for each of them a die is thrown.
    let occasions: @Sendable (Occasion) -> Bool
    /// Answered before anything is done.
    var refuse: @Sendable (FaultPlan.Strike) -> Refusal? = { _ in nil }
    var instead: @Sendable (FaultPlan.Strike) -> Answer? = { _ in nil }
    var does: Deed?
    /// Done to the answer, when everything else has been done.
    var spoil: @Sendable (FaultPlan.Strike, inout Answer) -> Void = { _, _ in }

    /// A request, as far as faults choose by it.
    struct Occasion: Sendable {
        let route: Route
        /// It asks for a part of a file.
        var asksForPart = false
    }

    /// The one list.
    static let all: [Fault] = [
        // Streams
        .silentEdit, .cut, .duplicateEvents, .heartbeatsOnly, .brokenLine,
        // Any answer
        .delay, .slowDrip, .stall, .wrongLength, .reset, .lostResponse, .rateLimit, .serverError, .gatewayTimeout,
        .errorInGoodAnswer,
        // What is remembered
        .tokenExpired, .sessionVanished,
        // Exports
        .failedRender, .expiredLink, .downloadMissing, .rangeRefused,
    ]
}

extension Fault.Occasion {
    var isMessage: Bool { route == .message }

    /// The bytes of a film.
    var isDownload: Bool {
        switch route {
        case .film, .downloadRender: true
        case .anonymousToken, .createSession, .message, .upload, .credits, .state, .submitRender, .pollRender,
            .cancelRender, .claimToken, .uploadedFile:
            false
        }
    }

    /// It changes something, so that sending it twice is not as good as once.
    var isOrder: Bool {
        switch route {
        case .createSession, .message, .upload, .submitRender: true
        case .anonymousToken, .credits, .state, .pollRender, .downloadRender, .cancelRender, .claimToken, .film,
            .uploadedFile:
            false
        }
    }

    /// It names a session that could be gone.
    var concernsSession: Bool {
        switch route {
        case .message, .upload, .state, .submitRender: true
        case .anonymousToken, .createSession, .credits, .pollRender, .downloadRender, .cancelRender, .claimToken, .film,
            .uploadedFile:
            false
        }
    }
}
