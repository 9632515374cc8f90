internal import ReelModel

/// A value in a profile's YAML that knows where it stands.
struct ProfileNode {
    private let tree: ProfileTree
    /// Where it stands, joined to text only for a complaint.
    private let place: Place
    private let file: String

    /// The key that leads to a value, and where its mapping stands.
    private indirect enum Place {
        case root(String)
        case member(String, of: Place)

        /// The keys that lead to it, joined by dots.
        var path: String {
            switch self {
            case .root(let path): path
            case .member(let key, let parent): parent.path.isEmpty ? key : "\(parent.path).\(key)"
            }
        }
    }

    init(_ tree: ProfileTree, path: String, file: String) {
        self.init(tree, .root(path), file)
    }

    private init(_ tree: ProfileTree, _ place: Place, _ file: String) {
        self.tree = tree
        self.place = place
        self.file = file
    }

    func failure(_ problem: String, _ remedy: String) -> Failure {
        let line = tree.line.map { " line \($0)" } ?? ""
        let path = place.path
        let key = path.isEmpty ? "" : ": \(path)"
        return Failure(.usage, subject: "\(file)\(line)\(key)", problem: problem, remedy: remedy)
    }

    // MARK: Mappings

    /// Key and value of each member, in the order of the file.
    func members() throws(Failure) -> [(String, ProfileNode)] {
        switch tree.content {
        case .mapping(let members):
            return members.map { key, value in
                (key, ProfileNode(value, .member(key, of: place), file))
            }
        case .wrong(let problem): throw failure(problem, "Write names as keys, each once")
        case .scalar, .list: throw failure("it has to be a mapping", "Write keys and values")
        }
    }

    /// Refuses every member that is not in the list.
    func allow(_ keys: [String]) throws(Failure) {
        if case .mapping(let members) = tree.content, members.allSatisfy({ keys.contains($0.key) }) { return }
        for (key, value) in try members() where !keys.contains(key) {
            throw value.failure("there is no such key", "Use one of \(keys.joined(separator: ", "))")
        }
    }

    func optional(_ key: String) throws(Failure) -> ProfileNode? {
        guard case .mapping(let members) = tree.content else {
            _ = try members()
            return nil
        }
        guard let value = members.first(where: { $0.key == key })?.value else { return nil }
        let member = ProfileNode(value, .member(key, of: place), file)
        return member.isNull ? nil : member
    }

    func required(_ key: String) throws(Failure) -> ProfileNode {
        guard let member = try optional(key) else { throw failure("\(key) is missing", "Add it") }
        return member
    }

    /// The elements of a list; itself where it is no list.
    func each() -> [ProfileNode] {
        guard case .list(let elements) = tree.content else { return [self] }
        return elements.map { ProfileNode($0, place, file) }
    }

    // MARK: Values

    var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = tree.content else { return false }
        return ["", "~", "null"].contains(text)
    }

    private var scalar: String? {
        guard case .scalar(let text, _) = tree.content else { return nil }
        return text
    }

    func text() throws(Failure) -> String {
        guard let text = scalar, !text.isEmpty else { throw failure("it has to be text", "Write a text") }
        return text
    }

    func texts() throws(Failure) -> [String] {
        guard case .list(let elements) = tree.content, !elements.isEmpty else {
            throw failure("it has to be a list with something in it", "Write it as [a, b]")
        }
        var texts: [String] = []
        for element in elements { texts.append(try ProfileNode(element, place, file).text()) }
        return texts
    }

    /// Not negative.
    func whole() throws(Failure) -> Int64 {
        guard let text = scalar, let number = Int64(text.contains("_") ? text.filter { $0 != "_" } : text), number >= 0
        else { throw failure("it has to be a whole number", "Write digits only") }
        return number
    }

    /// Of a limit that may have a fraction, in whatever unit: thirty years in seconds.
    private static let greatest = 1e9

    /// Not negative, and not absurd.
    func number() throws(Failure) -> Double {
        let number = try signedNumber()
        guard number >= 0 else { throw failure("it has to be a number from 0 on", "Write it as 12 or 12.5") }
        guard number <= Self.greatest else {
            throw failure(
                "\(number) is more than any limit can be", "Write at most \(Figure.grouped(Int64(Self.greatest)))")
        }
        return number
    }

    func signedNumber() throws(Failure) -> Double {
        guard let text = scalar, let number = Double(text), number.isFinite else {
            throw failure("it has to be a number", "Write it as 12 or 12.5")
        }
        return number
    }

    func numbers() throws(Failure) -> [Double] {
        var numbers: [Double] = []
        for node in each() { numbers.append(try node.number()) }
        guard !numbers.isEmpty else { throw failure("it has to be a list with something in it", "Write it as [1, 2]") }
        return numbers
    }

    func table() throws(Failure) -> [LimitFigure.Row] {
        var rows: [LimitFigure.Row] = []
        for (name, node) in try members() {
            var values: [String] = []
            for value in node.each() { values.append(try value.text()) }
            rows.append(LimitFigure.Row(name, values))
        }
        guard !rows.isEmpty else { throw failure("it has to hold something", "Write names and values") }
        return rows
    }

    func yesOrNo() throws(Failure) -> Bool {
        switch tree.content {
        case .scalar("true", isPlain: true): return true
        case .scalar("false", isPlain: true): return false
        case .scalar, .list, .mapping, .wrong:
            throw failure("it has to be true or false", "Write one of the two")
        }
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
