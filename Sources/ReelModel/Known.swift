/// A fact that may not be known. Unknown is a value with its reason, never a default: a rule that meets one says
/// that it could not be evaluated.
@frozen
public enum Known<Value> {
    case known(Value)
    /// The reason, as a sentence fragment that ends no sentence ("the index was not read").
    case unknown(String)

    /// The value where there is one.
    public var value: Value? {
        switch self {
        case .known(let value): value
        case .unknown: nil
        }
    }

    /// The reason where there is no value.
    public var reason: String? {
        switch self {
        case .known: nil
        case .unknown(let why): why
        }
    }

    /// `.known` of a present value, else `.unknown` with the reason.
    public init(_ value: Value?, else why: @autoclosure () -> String) {
        self = value.map(Known.known) ?? .unknown(why())
    }

    public func map<Other>(_ transform: (Value) -> Other) -> Known<Other> {
        switch self {
        case .known(let value): .known(transform(value))
        case .unknown(let why): .unknown(why)
        }
    }

    public func flatMap<Other>(_ transform: (Value) -> Known<Other>) -> Known<Other> {
        switch self {
        case .known(let value): transform(value)
        case .unknown(let why): .unknown(why)
        }
    }

    /// Itself where it is known, else what a deeper measurement found.
    public func filled(from deeper: Known<Value>) -> Known<Value> {
        switch (self, deeper) {
        case (.known, _), (.unknown, .unknown): self
        case (.unknown, .known): deeper
        }
    }
}

extension Known: Sendable where Value: Sendable {}
extension Known: Equatable where Value: Equatable {}
extension Known: Hashable where Value: Hashable {}

/// On the wire between front and worker: `{"known": …}` or `{"unknown": "why"}`. Reports write a value or `null`.
extension Known: Codable where Value: Codable {
    private enum Key: String, CodingKey { case known, unknown }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let why = try container.decodeIfPresent(String.self, forKey: .unknown) {
            self = .unknown(why)
        } else {
            self = .known(try container.decode(Value.self, forKey: .known))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .known(let value): try container.encode(value, forKey: .known)
        case .unknown(let why): try container.encode(why, forKey: .unknown)
        }
    }
}
