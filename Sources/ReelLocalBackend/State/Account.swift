/// Someone who was given an anonymous token.
struct Account: Codable, Sendable, Hashable {
    /// A secret: it goes to its owner and nowhere else.
    var token: String
    var clientID: String
    var userID: String
    /// Seconds since 1970.
    var expires: Double
    /// Credits given at the start; what is left follows from what the sessions were charged.
    var granted: Int
}
