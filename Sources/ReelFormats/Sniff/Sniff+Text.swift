internal import ReelModel

/// What is written in characters: markup, playlists, scripts, and anything else that reads as text.
extension Sniff {
    /// - Parameter whole: whether `head` is the whole file, so that it must not end inside a character.
    static func text(_ head: Bytes, whole: Bool) -> FileType? {
        let bytes = head.array
        let opening = lowercasedOpening(bytes)
        if opening.hasPrefix("#!") { return .script }
        if let type = playlist(opening) ?? markup(opening) { return type }
        return isText(bytes, whole: whole) ? .text : nil
    }

    /// The start of the file as ASCII in lower case, without byte order mark and leading space.
    private static func lowercasedOpening(_ bytes: [UInt8]) -> String {
        var rest = bytes[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        rest = rest.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        var text = ""
        for byte in rest.prefix(1024) {
            let lower = (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
            text.unicodeScalars.append(Unicode.Scalar(lower < 0x80 ? lower : 0x3F))
        }
        return text
    }

    private static func playlist(_ opening: String) -> FileType? {
        let openings = ["#extm3u", "[playlist]", "ffconcat version"]
        return openings.contains { opening.hasPrefix($0) } ? .playlist : nil
    }

    /// By the first element; a document type, processing instructions and comments may stand before it.
    private static func markup(_ opening: String) -> FileType? {
        guard opening.hasPrefix("<") else { return nil }
        var rest = opening[...]
        for _ in 0..<16 {
            rest = rest.drop { $0 == " " || $0.isNewline || $0 == "\t" }
            if rest.hasPrefix("<!doctype html") { return .html }
            if rest.hasPrefix("<!doctype svg") { return .svg }
            if rest.hasPrefix("<?") {
                rest = rest.after("?>") ?? ""
            } else if rest.hasPrefix("<!--") {
                rest = rest.after("-->") ?? ""
            } else if rest.hasPrefix("<!") {
                rest = rest.after(">") ?? ""
            } else {
                break
            }
        }
        let name = rest.dropFirst().prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ":") }
        switch name {
        case "svg", "svg:svg": return .svg
        case "html", "head", "body", "script", "title", "table", "iframe", "div", "p", "a", "style", "meta", "link":
            return .html
        case "": return opening.hasPrefix("<?xml") ? .xml : opening.hasPrefix("<!--") ? .html : nil
        default: return .xml
        }
    }

    private static func isText(_ bytes: [UInt8], whole: Bool) -> Bool {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return bytes.count >= 4 }
        var rest = bytes[...]
        // The head may cut the last character in two.
        if !whole { rest = rest.dropLast(3) }
        let isControl: (UInt8) -> Bool = { ($0 < 0x20 && !(0x09...0x0D).contains($0) && $0 != 0x1B) || $0 == 0x7F }
        if rest.contains(where: isControl) { return false }
        return whole ? String(validating: rest, as: UTF8.self) != nil : isUTF8ButForItsEnd(bytes)
    }

    private static func isUTF8ButForItsEnd(_ bytes: [UInt8]) -> Bool {
        (0...3).contains { String(validating: bytes.dropLast($0), as: UTF8.self) != nil }
    }
}

extension Substring {
    fileprivate func after(_ mark: String) -> Substring? {
        var rest = self
        while !rest.isEmpty {
            if rest.hasPrefix(mark) { return rest.dropFirst(mark.count) }
            rest = rest.dropFirst()
        }
        return nil
    }
}
