internal import ReelModel
internal import Yams

/// A value in a profile's YAML that knows where it stands.
struct ProfileNode {
    private let node: Node
    /// The keys that lead to it, joined by dots.
    private let path: String
    private let file: String

    init(_ node: Node, path: String, file: String) {
        self.node = node
        self.path = path
        self.file = file
    }

    func failure(_ problem: String, _ remedy: String) -> Failure {
        let line = node.mark.map { " line \($0.line)" } ?? ""
        let key = path.isEmpty ? "" : ": \(path)"
        return Failure(.usage, subject: "\(file)\(line)\(key)", problem: problem, remedy: remedy)
    }

    // MARK: Mappings

    /// Key and value of each member, in the order of the file.
    func members() throws(Failure) -> [(String, ProfileNode)] {
        guard let mapping = node.mapping else { throw failure("it has to be a mapping", "Write keys and values") }
        var members: [(String, ProfileNode)] = []
        for (key, value) in mapping {
            guard let name = key.string else { throw failure("a key is no text", "Write names as keys") }
            members.append((name, ProfileNode(value, path: path.isEmpty ? name : "\(path).\(name)", file: file)))
        }
        return members
    }

    /// Refuses every member that is not in the list.
    func allow(_ keys: [String]) throws(Failure) {
        for (key, value) in try members() where !keys.contains(key) {
            throw value.failure("there is no such key", "Use one of \(keys.joined(separator: ", "))")
        }
    }

    func optional(_ key: String) throws(Failure) -> ProfileNode? {
        let member = try members().first { $0.0 == key }?.1
        return member?.isNull == true ? nil : member
    }

    func required(_ key: String) throws(Failure) -> ProfileNode {
        guard let member = try optional(key) else { throw failure("\(key) is missing", "Add it") }
        return member
    }

    // MARK: Values

    private var isNull: Bool { node.null != nil }

    func text() throws(Failure) -> String {
        guard let text = node.scalar?.string, !text.isEmpty else { throw failure("it has to be text", "Write a text") }
        return text
    }

    func texts() throws(Failure) -> [String] {
        guard let sequence = node.sequence, !sequence.isEmpty else {
            throw failure("it has to be a list with something in it", "Write it as [a, b]")
        }
        var texts: [String] = []
        for element in sequence { texts.append(try ProfileNode(element, path: path, file: file).text()) }
        return texts
    }

    /// Not negative.
    func whole() throws(Failure) -> Int64 {
        guard let text = node.scalar?.string, let number = Int64(text.filter { $0 != "_" }), number >= 0 else {
            throw failure("it has to be a whole number", "Write digits only")
        }
        return number
    }

    /// Not negative.
    func number() throws(Failure) -> Double {
        let number = try signedNumber()
        guard number >= 0 else { throw failure("it has to be a number from 0 on", "Write it as 12 or 12.5") }
        return number
    }

    func signedNumber() throws(Failure) -> Double {
        guard let text = node.scalar?.string, let number = Double(text), number.isFinite else {
            throw failure("it has to be a number", "Write it as 12 or 12.5")
        }
        return number
    }

    func yesOrNo() throws(Failure) -> Bool {
        guard let value = node.bool else { throw failure("it has to be true or false", "Write one of the two") }
        return value
    }

    func choice<Choice: RawRepresentable & CaseIterable>(of: Choice.Type) throws(Failure) -> Choice
    where Choice.RawValue == String {
        let text = try text()
        guard let choice = Choice(rawValue: text) else {
            let all = Choice.allCases.map { $0.rawValue }.joined(separator: ", ")
            throw failure("\(text) is none of the choices", "Use one of \(all)")
        }
        return choice
    }
}
