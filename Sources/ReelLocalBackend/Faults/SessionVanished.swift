extension Fault {
    static let sessionVanished = Fault(
        name: "session-vanished", summary: "1002; the session is gone from now on.",
        occasions: \.concernsSession, does: .endSession)
}
