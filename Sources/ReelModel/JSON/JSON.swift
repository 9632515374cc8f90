/// A JSON document (RFC 8259) exactly as it was read: members keep their order, numbers keep their spelling, so that
/// 63-bit ids and a server's own draft pass through unchanged.
public enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    /// The number as spelled. Made by the parser or by the initialisers below, and so always valid.
    case number(String)
    case string(String)
    case array([JSON])
    case object([Member])

    public struct Member: Sendable, Hashable {
        public var key: String
        public var value: JSON

        public init(_ key: String, _ value: JSON) {
            self.key = key
            self.value = value
        }
    }
}

// MARK: Making

extension JSON {
    public init(_ value: Int) { self = .number(String(value)) }
    public init(_ value: Int64) { self = .number(String(value)) }
    /// A number that is not finite has no JSON form and becomes `null`.
    public init(_ value: Double) {
        guard value.isFinite else {
            self = .null
            return
        }
        if value == value.rounded(), abs(value) < 1e15 {
            self = .number(String(Int64(value)))
        } else {
            self = .number("\(value)")
        }
    }
    public init(_ size: Size) { self = ["width": JSON(size.width), "height": JSON(size.height)] }
    public init(_ range: TimeRange) { self = ["start": JSON(range.start), "end": JSON(range.end)] }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self.init(value) }
    public init(floatLiteral value: Double) { self.init(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
    public init(nilLiteral: ()) { self = .null }
}

// MARK: Reading

extension JSON {
    /// The member of that name; of several, the last. `nil` where this is no object or has no such member.
    public subscript(key: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }

    /// The first of these members that is present and not `null`.
    public func first(of keys: String...) -> JSON? {
        for key in keys {
            if let value = self[key], value != .null { return value }
        }
        return nil
    }

    public subscript(index: Int) -> JSON? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    public var members: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    public var elements: [JSON]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    public var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    public var boolean: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// A whole number, exact to 63 bits; also of a number in a string, which some servers send.
    public var integer: Int64? {
        switch self {
        case .number(let spelled), .string(let spelled):
            if let exact = Int64(spelled) { return exact }
            guard let value = Double(spelled), value == value.rounded(), abs(value) < 9e15 else { return nil }
            return Int64(value)
        case .null, .bool, .array, .object: return nil
        }
    }

    /// A finite number; also of a number in a string.
    public var double: Double? {
        switch self {
        case .number(let spelled), .string(let spelled):
            guard let value = Double(spelled), value.isFinite else { return nil }
            return value
        case .null, .bool, .array, .object: return nil
        }
    }

    /// A string, or a number as spelled: what an id is, in either of the forms that servers send.
    public var identifier: String? {
        switch self {
        case .string(let text): text.isEmpty ? nil : text
        case .number(let spelled): spelled
        case .null, .bool, .array, .object: nil
        }
    }

    /// Whether it is `null`, or empty.
    public var isEmpty: Bool {
        switch self {
        case .null: true
        case .array(let elements): elements.isEmpty
        case .object(let members): members.isEmpty
        case .string(let text): text.isEmpty
        case .bool, .number: false
        }
    }

    /// The same document with the members of every object in order of their names, for comparing.
    public var canonical: JSON {
        switch self {
        case .array(let elements): .array(elements.map(\.canonical))
        case .object(let members):
            .object(members.map { Member($0.key, $0.value.canonical) }.sorted { $0.key < $1.key })
        case .null, .bool, .number, .string: self
        }
    }
}
