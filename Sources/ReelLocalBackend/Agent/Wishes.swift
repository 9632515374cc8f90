internal import ReelModel

/// What a message asks for, as far as a script can tell: a few words in English and Chinese, nothing more.
struct Wishes: Hashable {
    enum Shape { case vertical, square, horizontal }
    enum Change: Hashable {
        case remove
        case set(String)
    }

    var shape: Shape?
    /// Pixels of the short side.
    var resolution: Int?
    /// Milliseconds.
    var duration: Int64?
    var title: Change?
    var music: Change?
    /// 1 is as recorded.
    var volume: Double?
    /// How much louder, or quieter where it is negative.
    var volumeStep: Double?
    /// How many pictures.
    var count: Int?
    /// Whether something new is to be made.
    var generates = false

    /// Whether an existing timeline would be changed.
    var edits: Bool {
        shape != nil || resolution != nil || duration != nil || title != nil || music != nil || volume != nil
            || volumeStep != nil
    }

    init(_ message: String) {
        let text = message.lowercased()
        let words = Self.words(of: text)
        func says(_ candidates: String...) -> Bool { candidates.contains { words.contains($0) } }
        func holds(_ candidates: String...) -> Bool { candidates.contains { text.contains($0) } }

        if says("vertical", "9:16", "portrait", "reel", "reels", "short", "shorts", "tiktok") || holds("竖屏", "竖版") {
            shape = .vertical
        } else if says("square", "1:1") || holds("方形") {
            shape = .square
        } else if says("horizontal", "16:9", "landscape", "widescreen") || holds("横屏", "横版") {
            shape = .horizontal
        }
        if says("480p") {
            resolution = 480
        } else if says("720p") {
            resolution = 720
        } else if says("1080p", "1440p", "2160p", "4k", "2k", "uhd", "hd") {
            resolution = 1080
        }
        duration = Self.duration(in: text)
        generates =
            says("generate", "create", "make", "build", "produce", "compose")
            || holds("生成", "制作", "创建")
        count = Self.count(in: text)
        readTitle(message, text, says("title", "titled", "titles", "caption") || holds("标题"))
        readMusic(
            text, words, says("music", "bgm", "soundtrack", "volume") || holds("音乐", "音量", "配乐"),
            louder: says("louder"), quieter: says("quieter", "softer", "lower"))
    }

    /// A yes to what was asked.
    static func agrees(_ message: String) -> Bool {
        !words(of: message.lowercased()).isDisjoint(with: ["yes", "y", "ok", "okay", "confirm", "confirmed", "sure"])
            || ["是", "好", "确认", "可以"].contains { message.contains($0) }
    }

    /// Whether it is written in Chinese characters, at least in part.
    static func isChinese(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }

    /// Colons and hyphens belong to a word only inside it: `9:16`, `lo-fi`.
    static func words(of text: String) -> Set<String> {
        let pieces = text.split { !$0.isLetter && !$0.isNumber && $0 != ":" && $0 != "-" }
        return Set(
            pieces.map { piece in
                let start = piece.drop { $0 == ":" || $0 == "-" }
                let end = start.lastIndex { $0 != ":" && $0 != "-" }
                return String(end.map { start[...$0] } ?? "")
            })
    }

    private mutating func readTitle(_ message: String, _ text: String, _ speaksOfIt: Bool) {
        guard speaksOfIt else { return }
        if text.contains(/(remove|delete|drop|without|no)\s+(the\s+|any\s+|all\s+)?(title|caption)/)
            || text.contains(/(去掉|删除|不要)标题/)
        {
            title = .remove
        } else if let quoted = Self.quoted(in: message) {
            title = .set(quoted)
        } else if let match = message.firstMatch(of: /(?i)title\s*[:：]\s*([^,.;\n]+)/) {
            title = .set(Self.trimmed(match.1))
        }
    }

    private mutating func readMusic(
        _ text: String, _ words: Set<String>, _ speaksOfIt: Bool, louder: Bool, quieter: Bool
    ) {
        guard speaksOfIt else { return }
        if text.contains(
            /(remove|delete|drop|without|no|mute)\s+(the\s+|any\s+|all\s+)?(background\s+)?(music|bgm|soundtrack)/)
            || text.contains(/(去掉|删除|不要)(音乐|配乐)/)
        {
            music = .remove
            return
        }
        if let match = text.firstMatch(of: /(\d{1,3})\s?(%|percent)/), let percent = Double(match.1) {
            volume = min(percent, 200) / 100
        } else if let match = text.firstMatch(of: /volume\s+(to\s+|at\s+)?([01]\.\d+)/), let value = Double(match.2) {
            volume = value
        } else if louder || quieter {
            volumeStep = louder ? 0.15 : -0.15
        }
        let beds = [
            "lo-fi": "Lo-fi", "lofi": "Lo-fi", "upbeat": "Upbeat", "calm": "Calm", "ambient": "Ambient",
            "cinematic": "Cinematic", "jazz": "Jazz", "electronic": "Electronic",
        ]
        if let bed = words.sorted().lazy.compactMap({ beds[$0] }).first {
            music = .set(bed)
        } else if text.contains(/(add|put|加)\W*(some\s+|a\s+|background\s+)*(music|bgm|soundtrack|音乐|配乐)/) {
            music = .set("Lo-fi")
        }
    }

    private static func duration(in text: String) -> Int64? {
        let pattern = /(\d{1,5}(?:\.\d+)?)[ -]?(seconds|second|secs|sec|s|minutes|minute|mins|min|秒钟|秒|分钟)(?![a-z])/
        guard let match = text.firstMatch(of: pattern), let value = Double(match.1) else { return nil }
        let unit = match.2.hasPrefix("min") || match.2 == "分钟" ? 60.0 : 1
        let seconds = min(max(value * unit, 1), 600)
        return Int64((seconds * 1000).rounded())
    }

    private static func count(in text: String) -> Int? {
        let names = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
        let pattern =
            /(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\s+(\w+\s+)?(photo|picture|image|scene|shot|slide|card)s?\b/
        guard let match = text.firstMatch(of: pattern) else { return nil }
        let number = Int(match.1) ?? names.firstIndex(of: String(match.1)).map { $0 + 1 }
        return number.map { min(max($0, 1), 20) }
    }

    /// What stands between quotation marks; an apostrophe counts as one only at the start of a word.
    private static func quoted(in text: String) -> String? {
        let pairs: [Character: Character] = ["\"": "\"", "“": "”", "‘": "’", "「": "」", "'": "'"]
        var previous: Character = " "
        for index in text.indices {
            let isApostrophe = text[index] == "'" && (previous.isLetter || previous.isNumber)
            if let closing = pairs[text[index]], !isApostrophe {
                let rest = text[text.index(after: index)...]
                if let end = rest.firstIndex(of: closing) {
                    let inside = trimmed(rest[..<end])
                    if !inside.isEmpty { return inside }
                }
            }
            previous = text[index]
        }
        return nil
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last].prefix(120))
    }
}
