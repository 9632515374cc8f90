extension JSON: CustomStringConvertible {
    /// On one line, without spaces.
    public var description: String { String(decoding: bytes(), as: UTF8.self) }

    /// UTF-8, on one line without spaces, or with `indent` spaces a level and a line for each member.
    public func bytes(indent: Int? = nil) -> [UInt8] {
        var out: [UInt8] = []
        write(into: &out, indent: indent, level: 0)
        return out
    }

    private func write(into out: inout [UInt8], indent: Int?, level: Int) {
        switch self {
        case .null: out.append(contentsOf: "null".utf8)
        case .bool(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let spelled): out.append(contentsOf: spelled.utf8)
        case .string(let text): JSON.write(text, into: &out)
        case .array(let elements):
            JSON.writeList(elements, "[", "]", into: &out, indent, level) { element, out in
                element.write(into: &out, indent: indent, level: level + 1)
            }
        case .object(let members):
            JSON.writeList(members, "{", "}", into: &out, indent, level) { member, out in
                JSON.write(member.key, into: &out)
                out.append(UInt8(ascii: ":"))
                if indent != nil { out.append(UInt8(ascii: " ")) }
                member.value.write(into: &out, indent: indent, level: level + 1)
            }
        }
    }

    private static func writeList<Item>(
        _ items: [Item], _ open: Unicode.Scalar, _ close: Unicode.Scalar, into out: inout [UInt8], _ indent: Int?,
        _ level: Int, _ write: (Item, inout [UInt8]) -> Void
    ) {
        func newLine(_ level: Int) {
            guard let indent, !items.isEmpty else { return }
            out.append(UInt8(ascii: "\n"))
            out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * level))
        }
        out.append(UInt8(ascii: open))
        for (index, item) in items.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            newLine(level + 1)
            write(item, &out)
        }
        newLine(level)
        out.append(UInt8(ascii: close))
    }

    private static func write(_ text: String, into out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): out.append(contentsOf: "\\\"".utf8)
            case UInt8(ascii: "\\"): out.append(contentsOf: "\\\\".utf8)
            case 0x0A: out.append(contentsOf: "\\n".utf8)
            case 0x0D: out.append(contentsOf: "\\r".utf8)
            case 0x09: out.append(contentsOf: "\\t".utf8)
            case 0..<0x20, 0x7F:
                let hex = String(byte, radix: 16)
                out.append(contentsOf: "\\u".utf8)
                out.append(contentsOf: String(repeating: "0", count: 4 - hex.utf8.count).utf8)
                out.append(contentsOf: hex.utf8)
            case _: out.append(byte)
            }
        }
        out.append(UInt8(ascii: "\""))
    }
}
