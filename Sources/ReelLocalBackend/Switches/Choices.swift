/// What the double does where the public contract says nothing, or says two things. All of it is invented here; each
/// is a switch (`Switch.all`).
struct Choices: Sendable {
    // MARK: Accounts

    /// Credits of a new anonymous account. From the contract.
    var freeCredits = 100
    /// Seconds that an anonymous token lives: seven days. From the contract.
    var tokenLifetime = 7.0 * 86_400
    /// Credits that a message costs; an export costs none.
    var creditsPerMessage = 10
    /// Anonymous tokens for one address in a token's lifetime; 0 is as many as one likes.
    var tokensPerAddress = 0
    var repeatedToken = RepeatedToken.same
    var renewedUser = RenewedUser.new
    var tokenAnswer = TokenAnswer.full
    var expiry = Expiry.iso
    var missingAttribution = MissingAttribution.exports

    // MARK: Answers

    var envelope = EnvelopeForm.code
    var errorBody = ErrorBody.envelope
    var errorStatus = ErrorStatus.http
    var numbers = NumberForm.number
    var ids = NumberForm.text

    // MARK: Sessions

    /// Seconds after which a session is gone; 0 is never.
    var sessionLifetime = 0.0
    var unknownSession = UnknownSession.agent
    var busySession = BusySession.refuse
    var disconnect = Disconnect.survives
    var freshDraft = FreshDraft.null
    var draftForm = DraftForm.object
    var segmentKeys = SegmentKeys.short
    var mediaLists = MediaLists.list
    var canvas = CanvasForm.size
    var uploadAnswer = UploadAnswer.files

    // MARK: Streams

    /// Seconds between two events of a stream.
    var pace = 0.02
    /// Every pause is so many times as long as it says; 0 is no pause at all.
    var timeScale = 1.0
    var dialect = EventDialect.adk
    var heartbeat = HeartbeatForm.emptyData
    /// Seconds between two heartbeats of a long stretch.
    var heartbeatPeriod = 15.0
    var partials = Partials.deltas
    var errorLine = ErrorLine.adk2
    var lineEnd = LineEnd.lf
    var streamEnd = StreamEnd.close
    var messageRefusal = MessageRefusal.json
    var generation = Generation.oneStage

    // MARK: Exports

    var renderDialect = RenderDialect.a
    var submitAnswer = SubmitAnswer.status
    var renderWords = RenderWords.published
    var address = AddressForm.absolute
    /// Seconds that a render takes at least.
    var renderSeconds = 0.0
    /// Seconds for which a film's address is good; 0 is for ever.
    var linkLifetime = 0.0
    var fallback = Fallback.bytes
    var cancel = Offer.offered
    var claim = Offer.offered

    // MARK: Limits

    /// Bytes of a whole upload request. The service says 200 MB.
    var maxUploadBytes: Int64 = 200_000_000
    /// Bytes of a body that is JSON, at most.
    var maxDocumentBytes = 8_000_000
    /// Bytes that are read and thrown away after a refusal, so that the client gets to read the answer.
    var maxDrainedBytes: Int64 = 8_000_000_000
}
