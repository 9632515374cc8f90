/// Words, broken into lines that fit. Widths are estimated from the kind of each character, on the generous side,
/// because the library that draws tells no width beforehand.
struct TextLayout: Sendable, Hashable {
    let lines: [String]
    /// Pixels.
    let fontSize: Int

    /// - Parameters:
    ///   - width: pixels that a line may take.
    ///   - largest: the font size, in pixels, at which it is tried first.
    ///   - smallest: the font size below which words are cut off instead.
    init(_ text: String, width: Int, largest: Int, smallest: Int, maxLines: Int) {
        let paragraphs = Self.drawable(text)
        var size = max(largest, 1)
        while true {
            let room = Double(width) / Double(size)
            let lines = paragraphs.flatMap { Self.wrap($0, room: room) }
            if lines.count <= maxLines {
                self.lines = Self.balance(paragraphs, room: room, lines)
                break
            }
            let smaller = size * 9 / 10
            if smaller < max(smallest, 1) || smaller == size {
                self.lines = Array(lines.prefix(maxLines - 1)) + [Self.cut(lines[maxLines - 1], room: room)]
                break
            }
            size = smaller
        }
        fontSize = size
    }

    /// Estimated width in units of the font size, of a bold sans-serif face.
    static func width(of character: Character) -> Double {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        if isWide(scalar) { return 1.05 }
        switch character {
        case "i", "j", "l", "I", "J", ".", ",", ":", ";", "'", "|", "!", "(", ")", "[", "]": return 0.46
        case " ", "f", "t", "r", "/", "-", "\"": return 0.5
        case "m", "w", "M", "W", "@", "%", "—", "…": return 1.12
        default: return character.isUppercase ? 0.82 : 0.73
        }
    }

    static func width(of text: some StringProtocol) -> Double { text.reduce(0) { $0 + width(of: $1) } }

    /// One entry for each line that was written, without what cannot be drawn: control characters, and pictographs, of
    /// which text faces have none and would show an empty box in their place.
    static func drawable(_ text: String) -> [String] {
        text.split(omittingEmptySubsequences: false) { $0.isNewline }
            .map { line in
                let scalars = line.unicodeScalars.map { scalar -> Unicode.Scalar in
                    scalar.properties.generalCategory == .control ? " " : scalar
                }
                var kept = String.UnicodeScalarView()
                kept.append(contentsOf: scalars.filter { isDrawable($0) })
                return String(kept).split(separator: " ").joined(separator: " ")
            }
            .filter { !$0.isEmpty }
    }

    /// Written without spaces between words and a whole square each: Chinese, Japanese, Korean.
    static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            true
        default: false
        }
    }

    private static func isDrawable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .privateUse, .surrogate, .unassigned: return false
        default: break
        }
        switch scalar.value {
        // Joiners and variation selectors only make sense beside a pictograph.
        case 0x200D, 0x20E3, 0xFE00...0xFE0F, 0x1F1E6...0x1F1FF, 0xE0020...0xE007F: return false
        default: return !scalar.properties.isEmojiPresentation && !scalar.properties.isEmojiModifier
        }
    }

    /// Breaks at spaces, and within what has none only where it must be, or between wide characters.
    private static func wrap(_ paragraph: String, room: Double) -> [String] {
        var lines: [String] = []
        var line = ""
        for piece in pieces(paragraph) {
            let joined = line + piece
            if width(of: joined.trimmed) <= room {
                line = joined
                continue
            }
            if !line.trimmed.isEmpty { lines.append(line.trimmed) }
            line = ""
            for character in piece where !(line.isEmpty && character == " ") {
                if !line.isEmpty, width(of: line) + width(of: character) > room {
                    lines.append(line.trimmed)
                    line = ""
                }
                line.append(character)
            }
        }
        if !line.trimmed.isEmpty { lines.append(line.trimmed) }
        return lines
    }

    /// The same number of lines, of as equal a length as can be: the narrowest room in which they still fit.
    private static func balance(_ paragraphs: [String], room: Double, _ widest: [String]) -> [String] {
        var best = widest
        for step in 1..<12 {
            let narrower = room * (1 - Double(step) * 0.05)
            let lines = paragraphs.flatMap { wrap($0, room: narrower) }
            // A word that no longer fits would be broken in two.
            let longest = paragraphs.flatMap(pieces).map { width(of: $0.trimmed) }.max() ?? 0
            guard lines.count == widest.count, longest <= narrower else { break }
            best = lines
        }
        return best
    }

    /// What may not be broken, each with the space that follows it.
    private static func pieces(_ paragraph: String) -> [String] {
        var pieces: [String] = []
        var piece = ""
        for character in paragraph {
            piece.append(character)
            if character == " " || character.unicodeScalars.first.map(isWide) == true {
                pieces.append(piece)
                piece = ""
            }
        }
        if !piece.isEmpty { pieces.append(piece) }
        return pieces
    }

    private static func cut(_ line: String, room: Double) -> String {
        var line = line
        while !line.isEmpty, width(of: line) + width(of: "…") > room { line.removeLast() }
        return line.trimmed + "…"
    }
}

extension String {
    /// Without the spaces at its end.
    fileprivate var trimmed: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
