extension Fault {
    static let expiredLink = Fault(
        name: "expired-link", summary: "The film's address is not good any more (403).",
        occasions: { if case .film = $0.route { true } else { false } }, refuse: { _ in .expiredLink })
}
