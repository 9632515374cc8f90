internal import ReelModel

/// What is written in characters: markup, playlists, scripts, and anything else that reads as text.
extension Sniff {
    /// - Parameter whole: whether `head` is the whole file, so that it must not end inside a character.
    static func text(_ head: Bytes, whole: Bool) -> FileType? {
        let bytes = narrowed(head.array)
        let opening = lowercasedOpening(bytes)
        if opening.hasPrefix("#!") || ["<?php", "@echo off"].contains(where: { opening.hasPrefix($0) }) {
            return .script
        }
        if let type = playlist(opening) ?? markup(opening) { return type }
        guard isText(bytes, whole: whole) else { return nil }
        if opening.hasPrefix("v=0"), opening.contains("\no="), opening.contains("\ns=") { return .sdp }
        return isJSON(opening) ? .json : .text
    }

    /// UTF-16 that says so at its start, its characters of ASCII as one byte each; others as question marks.
    private static func narrowed(_ bytes: [UInt8]) -> [UInt8] {
        let big = bytes.starts(with: [0xFE, 0xFF])
        guard big || bytes.starts(with: [0xFF, 0xFE]), bytes.count >= 4 else { return bytes }
        var narrow: [UInt8] = []
        for at in stride(from: 2, to: bytes.count - 1, by: 2) {
            let (high, low) = big ? (bytes[at], bytes[at + 1]) : (bytes[at + 1], bytes[at])
            narrow.append(high == 0 && low < 0x80 ? low : 0x3F)
        }
        return narrow
    }

    /// The start of the file as ASCII in lower case, without byte order mark and leading space.
    private static func lowercasedOpening(_ bytes: [UInt8]) -> String {
        var rest = bytes[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        rest = rest.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        var text = ""
        for byte in rest.prefix(4096) {
            let lower = (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
            // A line ends in one way here.
            if lower == 13 { continue }
            text.unicodeScalars.append(Unicode.Scalar(lower < 0x80 ? lower : 0x3F))
        }
        return text
    }

    private static func playlist(_ opening: String) -> FileType? {
        let openings = ["#extm3u", "[playlist]", "ffconcat version", "[reference]\nref", "#ext-x-"]
        return openings.contains { opening.hasPrefix($0) } ? .playlist : nil
    }

    /// RFC 8259: an object with a key, or a list of objects, lists or texts. A bare number or word is text.
    private static func isJSON(_ opening: String) -> Bool {
        guard let first = opening.first, first == "{" || first == "[" else { return false }
        let next = opening.dropFirst().first { !$0.isWhitespace }
        return first == "{" ? next == "\"" || next == "}" : next.map { "{[\"]".contains($0) } ?? false
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
        // They name other files: Advanced Stream Redirector, XSPF, SMIL.
        case "asx", "playlist", "smil": return .playlist
        case "html", "head", "body", "script", "title", "table", "iframe", "div", "p", "a", "style", "meta", "link":
            return .html
        case "": return opening.hasPrefix("<?xml") ? .xml : opening.hasPrefix("<!--") ? .html : nil
        default: return .xml
        }
    }

    private static func isText(_ bytes: [UInt8], whole: Bool) -> Bool {
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
