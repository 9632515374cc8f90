import Testing

/// Inputs that once brought a reader down, or an impossible answer out of it.
struct Found: Sendable, CustomTestStringConvertible {
    /// Which target, and what it was.
    let target: String
    let what: String
    let base64: String

    var testDescription: String { "\(target): \(what)" }

    static let all: [Found] = []
}
