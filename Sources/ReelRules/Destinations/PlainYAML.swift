internal import ReelModel

/// Reads the plain part of YAML in which the built-in profiles are written: mappings and lists by indentation, flow
/// mappings and lists on one line, quoted and plain scalars, comments. All of them are read at each start that asks
/// for all destinations, which a whole YAML library takes many times as long for. What it does not understand it
/// leaves to that library.
struct PlainYAML {
    private struct NotPlain: Error {}

    private let bytes: [UInt8]
    private var at = 0
    private var line = 1

    /// The document; `nil` where it is not written plainly.
    static func tree(_ bytes: [UInt8]) -> ProfileTree? {
        var reader = PlainYAML(bytes: bytes)
        guard let tree = try? reader.document() else { return nil }
        return tree
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    // MARK: Blocks

    private mutating func document() throws(NotPlain) -> ProfileTree {
        guard let indent = nextIndent(), indent == 0 else { throw NotPlain() }
        let tree = try block(0)
        guard nextIndent() == nil else { throw NotPlain() }
        return tree
    }

    /// The indentation of the next line with something on it; `nil` at the end. Stands at that line's beginning then.
    private mutating func nextIndent() -> Int? {
        while at < bytes.count {
            var end = at
            while end < bytes.count, bytes[end] == UInt8(ascii: " ") { end += 1 }
            if end == bytes.count { return nil }
            guard bytes[end] == UInt8(ascii: "\n") || bytes[end] == UInt8(ascii: "#") else { return end - at }
            while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
            at = min(end + 1, bytes.count)
            line += 1
        }
        return nil
    }

    private mutating func block(_ indent: Int) throws(NotPlain) -> ProfileTree {
        isItem(indent) ? try list(indent) : try mapping(indent)
    }

    private func isItem(_ indent: Int) -> Bool {
        at + indent + 1 < bytes.count && bytes[at + indent] == UInt8(ascii: "-")
            && bytes[at + indent + 1] == UInt8(ascii: " ")
    }

    private mutating func list(_ indent: Int) throws(NotPlain) -> ProfileTree {
        let first = line
        var elements: [ProfileTree] = []
        while let own = nextIndent(), own >= indent {
            guard own == indent, isItem(indent) else {
                if own == indent { break }
                throw NotPlain()
            }
            at += indent + 2
            elements.append(try inline())
            try endOfLine()
        }
        return ProfileTree(content: .list(elements), line: first)
    }

    private mutating func mapping(_ indent: Int) throws(NotPlain) -> ProfileTree {
        let first = line
        var members: [(key: String, value: ProfileTree)] = []
        while let own = nextIndent(), own >= indent {
            guard own == indent, !isItem(indent) else { throw NotPlain() }
            at += indent
            let key = try key()
            if members.contains(where: { $0.key == key }) { throw NotPlain() }
            skipSpaces()
            if isAtEndOfLine {
                let here = line
                try endOfLine()
                let next = nextIndent()
                if let next, next > indent || next == indent && isItem(indent) {
                    members.append((key, try block(next)))
                } else {
                    members.append((key, ProfileTree(content: .scalar("", isPlain: true), line: here)))
                }
            } else {
                members.append((key, try inline()))
                try endOfLine()
            }
        }
        return ProfileTree(content: .mapping(members), line: first)
    }

    // MARK: Within a line

    private var byte: UInt8? { at < bytes.count ? bytes[at] : nil }

    private var isAtEndOfLine: Bool {
        byte == nil || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "#")
    }

    private mutating func skipSpaces() {
        while byte == UInt8(ascii: " ") { at += 1 }
    }

    private mutating func endOfLine() throws(NotPlain) {
        skipSpaces()
        guard isAtEndOfLine else { throw NotPlain() }
        while let byte, byte != UInt8(ascii: "\n") { at += 1 }
        if byte != nil {
            at += 1
            line += 1
        }
    }

    /// A word and the colon behind it.
    private mutating func key() throws(NotPlain) -> String {
        let start = at
        while let byte, Self.isOfWord(byte) { at += 1 }
        guard at > start, byte == UInt8(ascii: ":") else { throw NotPlain() }
        let key = String(decoding: bytes[start..<at], as: UTF8.self)
        at += 1
        guard byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == nil else { throw NotPlain() }
        return key
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        case _: false
        }
    }

    private mutating func inline(inFlow: Bool = false) throws(NotPlain) -> ProfileTree {
        skipSpaces()
        let here = line
        switch byte {
        case UInt8(ascii: "{"): return try flowMapping()
        case UInt8(ascii: "["): return try flowList()
        case UInt8(ascii: "\""):
            return ProfileTree(content: .scalar(try quoted(), isPlain: false), line: here)
        case _: return ProfileTree(content: .scalar(try plain(inFlow: inFlow), isPlain: true), line: here)
        }
    }

    private mutating func flowMapping() throws(NotPlain) -> ProfileTree {
        var members: [(key: String, value: ProfileTree)] = []
        members.reserveCapacity(8)
        repeat {
            at += 1
            skipSpaces()
            let key = try key()
            if members.contains(where: { $0.key == key }) { throw NotPlain() }
            members.append((key, try inline(inFlow: true)))
            skipSpaces()
        } while byte == UInt8(ascii: ",")
        guard byte == UInt8(ascii: "}") else { throw NotPlain() }
        at += 1
        return ProfileTree(content: .mapping(members), line: line)
    }

    private mutating func flowList() throws(NotPlain) -> ProfileTree {
        var elements: [ProfileTree] = []
        repeat {
            at += 1
            elements.append(try inline(inFlow: true))
            skipSpaces()
        } while byte == UInt8(ascii: ",")
        guard byte == UInt8(ascii: "]") else { throw NotPlain() }
        at += 1
        return ProfileTree(content: .list(elements), line: line)
    }

    private mutating func quoted() throws(NotPlain) -> String {
        at += 1
        let start = at
        while let byte, byte != UInt8(ascii: "\"") {
            guard byte != UInt8(ascii: "\\"), byte != UInt8(ascii: "\n") else { throw NotPlain() }
            at += 1
        }
        guard byte != nil else { throw NotPlain() }
        defer { at += 1 }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    /// Up to the end of the line, or in flow to what ends the element.
    private mutating func plain(inFlow: Bool) throws(NotPlain) -> String {
        guard let first = byte, Self.isOfWord(first) || first == UInt8(ascii: "~") else { throw NotPlain() }
        // A hyphen at the front could begin a list, unless it is that of a number.
        if first == UInt8(ascii: "-") {
            guard at + 1 < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at + 1]) else {
                throw NotPlain()
            }
        }
        let start = at
        var end = at
        while let byte, byte != UInt8(ascii: "\n") {
            if inFlow, [UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}")].contains(byte) { break }
            if byte == UInt8(ascii: "#"), bytes[at - 1] == UInt8(ascii: " ") { break }
            if byte == UInt8(ascii: ":"),
                at + 1 == bytes.count || [UInt8(ascii: " "), UInt8(ascii: "\n")].contains(bytes[at + 1])
            {
                throw NotPlain()
            }
            if inFlow, [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(byte) { throw NotPlain() }
            at += 1
            if byte != UInt8(ascii: " ") { end = at }
        }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}
