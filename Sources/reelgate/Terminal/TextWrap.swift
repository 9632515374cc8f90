/// Breaks text between words where the terminal's line ends, as it comes. What is longer than a line is left to the
/// terminal.
struct TextWrap {
    /// Of the terminal.
    var columns: Int
    /// What the lines that are broken off begin with.
    private let indent: String
    private var column = 0
    /// White space that stands between the last word and the next.
    private var gap = ""

    init(columns: Int, indent: String = "") {
        self.columns = columns
        self.indent = indent
    }

    /// What to write for these words.
    mutating func on(_ text: String) -> String {
        var written = ""
        var word = ""
        for character in text {
            let isWide = Self.width(of: character) == 2
            let isSpace = character == " " || character == "\t"
            if character.isNewline || isWide || isSpace, !word.isEmpty {
                written += place(word, mayBreak: false)
                word = ""
            }
            if character.isNewline {
                written.append(character)
                (column, gap) = (0, "")
            } else if isSpace {
                gap.append(character)
            } else if isWide {
                // Chinese and Japanese have no spaces: a line may end behind each of their characters.
                written += place(String(character), mayBreak: true)
            } else {
                word.append(character)
            }
        }
        return word.isEmpty ? written : written + place(word, mayBreak: false)
    }

    private mutating func place(_ word: String, mayBreak: Bool) -> String {
        let length = Self.width(of: word)
        let end = column + Self.width(of: gap) + length
        defer { gap = "" }
        guard column > 0, mayBreak || !gap.isEmpty, end > columns else {
            column = end
            return gap + word
        }
        column = Self.width(of: indent) + length
        return "\n" + indent + word
    }

    /// A whole line; what is broken off stands under its first word.
    static func line(_ text: String, columns: Int) -> String {
        let indent = text.prefix { $0 == " " }
        guard indent.count < columns / 2 else { return text }
        var wrap = TextWrap(columns: columns, indent: String(indent))
        return wrap.on(text)
    }

    private static func width(of text: String) -> Int { text.reduce(0) { $0 + width(of: $1) } }

    /// Cells that a character takes: two in the wide blocks of Unicode (UAX 11, East Asian Width) and for its pictures.
    private static func width(of character: Character) -> Int {
        switch character.unicodeScalars.first?.value ?? 0 {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            2
        case _: 1
        }
    }
}
