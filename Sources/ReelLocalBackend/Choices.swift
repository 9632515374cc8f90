/// What the public contract leaves open, and what this double does there. All of it is invented here.
struct Choices: Sendable {
    /// Credits of a new anonymous account. From the contract.
    var freeCredits = 100
    /// Seconds that an anonymous token lives: seven days. From the contract. Asked again within them, the same client
    /// gets the same token.
    var tokenLifetime = 7.0 * 86_400
    /// Credits that a message costs; an export costs none.
    var creditsPerMessage = 10
    /// Seconds between two events of a stream.
    var pace = 0.02
    /// Bytes of a body that is JSON, at most.
    var maxDocumentBytes = 8_000_000
    /// Bytes that are read and thrown away after a refusal, so that the client gets to read the answer.
    var maxDrainedBytes: Int64 = 8_000_000_000
}
