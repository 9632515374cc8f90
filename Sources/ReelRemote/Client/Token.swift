/// What proves to the backend who asks. It never shows itself: not when printed, interpolated, dumped or reflected.
public struct Token: Sendable, Hashable {
    /// Only for the `Authorization` header and the token's own file.
    let secret: String

    /// `nil` where it is empty or could break out of a header.
    public init?(_ secret: String) {
        let secret = String(secret.trimming { $0.isWhitespace })
        guard !secret.isEmpty, secret.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        self.secret = secret
    }

    /// A server's words, should they hold the token.
    func redacting(_ text: String) -> String { text.replacing(secret, with: description) }
}

extension Token: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "<token>" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
