/// Reads the words of subtitles as the containers keep them.
struct TextMarkup: Sendable {
    private enum Kind: String, Sendable {
        case subrip, webvtt, ass
        case timedText = "mov_text"
    }

    private let kind: Kind
    /// Whether something of its looks was left out: colours, places, fonts, drawings.
    private(set) var losesLooks = false

    /// Codecs whose text can be read.
    static func reads(_ codec: String) -> Bool { Kind(rawValue: codec) != nil }

    /// - Parameter codec: by its short name; `nil` where its subtitles are no text, or of another kind.
    init?(_ codec: String) {
        guard let kind = Kind(rawValue: codec) else { return nil }
        self.kind = kind
    }

    /// What a packet shows; empty where it shows nothing.
    mutating func read(_ bytes: [UInt8]) -> StyledText {
        if kind == .timedText { return TimedText.read(bytes).trimmed }
        let text = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            .replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        return (kind == .ass ? script(text) : tagged(text)).trimmed
    }

    // MARK: SubRip and WebVTT

    private static let marks: [String: StyledText.Face] = [
        "i": .italic, "em": .italic, "b": .bold, "strong": .bold, "u": .underlined,
    ]
    private static let entities = [
        "&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": "\u{A0}", "&lrm;": "\u{200E}", "&rlm;": "\u{200F}",
    ]

    private mutating func tagged(_ text: String) -> StyledText {
        var styled = StyledText()
        var face: StyledText.Face = []
        var rest = Substring(text)
        while let first = rest.first {
            if first == "<", let end = rest.firstIndex(of: ">") {
                apply(tag: rest[rest.index(after: rest.startIndex)..<end], to: &face)
                rest = rest[rest.index(after: end)...]
            } else if rest.hasPrefix("{\\"), let end = rest.firstIndex(of: "}") {
                losesLooks = true
                rest = rest[rest.index(after: end)...]
            } else if first == "&", kind == .webvtt, let entity = Self.entities.first(where: { rest.hasPrefix($0.key) })
            {
                styled.add(entity.value, face)
                rest = rest.dropFirst(entity.key.count)
            } else {
                styled.add(String(first), face)
                rest = rest.dropFirst()
            }
        }
        return styled
    }

    private mutating func apply(tag: Substring, to face: inout StyledText.Face) {
        let isEnd = tag.first == "/"
        let name = tag.drop { $0 == "/" }.prefix { $0.isLetter }.lowercased()
        guard let mark = Self.marks[name] else {
            // Times inside a WebVTT cue are no looks.
            if tag.first?.isNumber != true { losesLooks = true }
            return
        }
        if isEnd { face.remove(mark) } else { face.insert(mark) }
    }

    // MARK: ASS and SSA

    /// Matroska keeps a line's fields without its times: eight, and the text behind them.
    private mutating func script(_ line: String) -> StyledText {
        losesLooks = true
        let fields = line.split(separator: ",", maxSplits: 8, omittingEmptySubsequences: false)
        guard fields.count == 9 else { return StyledText() }
        var styled = StyledText()
        var face: StyledText.Face = []
        var isDrawing = false
        var rest = fields[8]
        while let first = rest.first {
            if first == "{", let end = rest.firstIndex(of: "}") {
                for override in rest[rest.index(after: rest.startIndex)..<end].split(separator: "\\") {
                    apply(override, to: &face, &isDrawing)
                }
                rest = rest[rest.index(after: end)...]
                continue
            }
            var words = String(first)
            var length = 1
            if first == "\\" {
                switch rest.dropFirst().first {
                case "N": (words, length) = ("\n", 2)
                case "n": (words, length) = (" ", 2)
                case "h": (words, length) = ("\u{A0}", 2)
                default: break
                }
            }
            if !isDrawing { styled.add(words, face) }
            rest = rest.dropFirst(length)
        }
        return styled
    }

    private func apply(_ override: Substring, to face: inout StyledText.Face, _ isDrawing: inout Bool) {
        let name = override.prefix { $0.isLetter }
        let value = Int(override.dropFirst(name.count).prefix { $0.isNumber })
        func set(_ mark: StyledText.Face, _ isOn: Bool) {
            if isOn { face.insert(mark) } else { face.remove(mark) }
        }
        switch name {
        case "i": set(.italic, value == 1)
        // A weight, or on and off.
        case "b": set(.bold, value == 1 || value ?? 0 > 500)
        case "u": set(.underlined, value == 1)
        case "p": isDrawing = value ?? 0 > 0
        case let reset where reset.hasPrefix("r"): face = []
        default: break
        }
    }
}
