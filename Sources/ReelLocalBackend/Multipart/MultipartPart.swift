/// What a part of a form says of itself: its header block, read.
struct MultipartPart: Hashable, Sendable {
    /// The form field.
    var name: String?
    /// As sent, without any folders before it.
    var fileName: String?
    var contentType: String?

    init(name: String?, fileName: String?, contentType: String? = nil) {
        self.name = name
        self.fileName = fileName
        self.contentType = contentType
    }

    /// Reads the lines of a header block.
    init(header: String) {
        for line in header.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = String(line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" })
            switch line[..<colon].lowercased() {
            case "content-disposition":
                name = Self.parameter("name", of: value)
                fileName = Self.parameter("filename", of: value).map(Self.withoutFolders)
            case "content-type": contentType = value
            case _: continue
            }
        }
    }

    /// A parameter's value, with both ways of escaping a quotation mark undone: the backslash (RFC 2183) and the
    /// percent sign (as browsers and curl write it).
    private static func parameter(_ wanted: String, of value: String) -> String? {
        var rest = Substring(value)
        while let semicolon = rest.firstIndex(of: ";") {
            rest = rest[rest.index(after: semicolon)...].drop { $0 == " " || $0 == "\t" }
            guard let equals = rest.firstIndex(of: "=") else { return nil }
            let name = rest[..<equals].lowercased()
            rest = rest[rest.index(after: equals)...]
            let text = quotedOrToken(&rest)
            if name == wanted { return text }
        }
        return nil
    }

    private static func quotedOrToken(_ rest: inout Substring) -> String {
        guard rest.first == "\"" else {
            let token = rest.prefix { $0 != ";" && $0 != " " && $0 != "\t" }
            rest = rest[token.endIndex...]
            return String(token)
        }
        rest.removeFirst()
        var text = ""
        while let character = rest.popFirst(), character != "\"" {
            if character == "\\", let next = rest.first, next == "\"" || next == "\\" {
                text.append(next)
                rest.removeFirst()
            } else if character == "%", rest.hasPrefix("22") {
                text.append("\"")
                rest.removeFirst(2)
            } else {
                text.append(character)
            }
        }
        return text
    }

    private static func withoutFolders(_ name: String) -> String {
        String(name.split { $0 == "/" || $0 == "\\" }.last ?? "")
    }
}
