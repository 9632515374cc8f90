extension Fault {
    static let rateLimit = Fault(
        name: "rate-limit", summary: "429; nothing was done.", occasions: { _ in true },
        refuse: { _ in .rateLimited("a fault that was asked for") })
}
