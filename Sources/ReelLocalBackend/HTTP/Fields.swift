internal import ReelModel

/// Reads the members of a body and gathers what is wrong with them, to be answered all at once.
struct Fields {
    let body: JSON
    private(set) var problems: [JSON] = []

    init(_ body: JSON) { self.body = body }

    /// A member that must be a string; any of the spellings will do, and complaints name the last.
    mutating func string(_ names: String...) -> String {
        guard let value = member(names) else { return "" }
        guard let text = value.text else {
            problems.append(
                Refusal.field("string_type", [names.last ?? ""], "Input should be a valid string", input: value))
            return ""
        }
        return text
    }

    /// As `string`, for one that may be absent.
    mutating func optionalString(_ name: String) -> String? {
        guard let value = body[name], value != .null else { return nil }
        return value.text ?? string(name)
    }

    /// A member that must be an object.
    mutating func object(_ names: String...) -> JSON {
        guard let value = member(names) else { return [:] }
        guard value.members != nil else {
            problems.append(
                Refusal.field("dict_type", [names.last ?? ""], "Input should be a valid dictionary", input: value))
            return [:]
        }
        return value
    }

    /// As `object`, or the text of one.
    mutating func objectOrText(_ name: String) -> JSON {
        if let text = body[name]?.text, let inner = try? JSON(parsing: text), inner.members != nil { return inner }
        return object(name)
    }

    mutating func complain(_ place: String..., message: String, input: JSON = nil) {
        problems.append(Refusal.field("value_error", place, message, input: input))
    }

    func check() throws(Refusal) {
        if !problems.isEmpty { throw Refusal.unprocessable(problems) }
    }

    private mutating func member(_ names: [String]) -> JSON? {
        for name in names {
            if let value = body[name] { return value }
        }
        problems.append(Refusal.field("missing", [names.last ?? ""], "Field required", input: body))
        return nil
    }
}
