public import ReelModel

extension RemoteError {
    /// The same in words for people: what is wrong, and the cure that the contract names.
    public var failure: Failure {
        let (failureKind, problem, remedy) = words
        return Failure(failureKind, subject: file ?? origin, problem: problem, remedy: remedy, cause: cause)
    }

    private var words: (Failure.Kind, problem: String, remedy: String) {
        switch kind {
        case .tokenInvalid(isOwn: true):
            (.refused, "the token is expired or invalid (1001)", "Set NEMO_TOKEN to a valid token, or unset it")
        case .tokenInvalid(isOwn: false):
            (.refused, "the token is not accepted (1001), nor is a new one", "Set NEMO_TOKEN to a token of your own")
        case .sessionNotFound: (.notDone, "the session is not found (1002)", "Open a new one with --new")
        case .outOfCredits(let registration?):
            (.refused, "the free credits are used up (2001)", "Register to get more: \(registration)")
        case .outOfCredits(nil): (.refused, "the credits are used up (2001)", "Top up your account")
        case .unsupportedType:
            (
                .notDone, "the file type is not supported (4001)",
                "Give one of \(Self.acceptedTypes), or convert it with reelgate fit"
            )
        case .tooLarge:
            (.notDone, "the file is too large (4002)", "Compress or trim it with reelgate fit --profile nemo-upload")
        case .clientIDMissing:
            (.refused, "the client id is not accepted (400)", "Unset NEMO_CLIENT_ID, or set it to a UUID")
        case .planTooLow:
            (
                .refused, "\(call.label) is not part of the free plan (402); more credits do not help",
                "Change the subscription to a tier with exports"
            )
        case .rateLimited:
            (.refused, "too many requests (429), also after a pause", "Wait some minutes and try again")
        case .notFound: (.notDone, "\(call.label) is not found", "Check the id, or begin anew")
        case .linkExpired: (.notDone, "the address of the result has expired", "Ask for it again with reelgate export")
        case .refused(let code):
            (
                .notDone, "\(call.label) was refused\(code.map { " (\($0))" } ?? "")",
                "Check what was asked, and report it to the backend's makers"
            )
        case .serverError(let status): (.unreachable, "the server failed (\(status))", "Try again later")
        case .unreachable:
            (.unreachable, "the backend cannot be reached", "Check the network, the proxy variables and --backend")
        case .insecure:
            (
                .unreachable, "there is no secure connection to the backend",
                "Use an https address whose certificate this machine trusts"
            )
        case .outcomeUnknown:
            (
                .interrupted, "the answer to \(call.label) is lost, and it may have been carried out",
                "Go on with reelgate resume, which asks before it repeats anything"
            )
        case .timedOut: (.interrupted, "\(call.label) took too long", "Go on with reelgate resume, which looks again")
        case .unreadableAnswer:
            (.notDone, "the answer to \(call.label) is not what the contract says", "Update reelgate, or try again")
        case .localFile: (.notDone, "a file could not be read or written during \(call.label)", "Check the disk")
        }
    }

    /// As the service publishes them.
    static let acceptedTypes = "mp4, mov, avi, webm, mkv, jpg, png, gif, webp, mp3, wav, m4a, aac"
}
