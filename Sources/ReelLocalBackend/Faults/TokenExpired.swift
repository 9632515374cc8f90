extension Fault {
    static let tokenExpired = Fault(
        name: "token-expired", summary: "1001; the token is good for nothing from now on.",
        occasions: { $0.route.needsToken }, does: .endToken)
}
