/// Decides which words are commands and which are for the agent, by the keywords of the contract's table, in English
/// and Chinese, and their plain inflections.
///
/// A keyword alone, or among words that add nothing ("please", "can you", "now"), is a command. A keyword inside of an
/// order to make or change something ("add a title that says Export") is not: sending a command to the agent costs
/// credits, and running one that was not meant does something else than what was asked.
public enum Router {
    /// Below this a message goes to the agent.
    public static let threshold = 0.6

    public static func route(_ words: String) -> Route {
        let scan = Scan(words)
        if scan.paths.count == 1, let path = scan.paths.first, path.lowercased().hasSuffix(".mp4"),
            let confidence = scan.confidence(of: exportWords), confidence >= threshold
        {
            return Route(.export(to: path), confidence: confidence)
        }
        if !scan.paths.isEmpty {
            let rest = scan.tokens
            // Paths with nothing but a word to send them are an upload; an order beside them goes to the agent once
            // they are there.
            let others = rest.filter { !filler.contains($0) && !uploadWords.contains($0) }
            return others.isEmpty
                ? Route(.upload(scan.paths), confidence: 1)
                : Route(.upload(scan.paths), confidence: 0.9, remainder: scan.remainder)
        }
        var best = Route(.message, confidence: 1)
        for (intent, keywords) in table {
            guard let confidence = scan.confidence(of: keywords) else { continue }
            if best.intent == .message || confidence > best.confidence {
                best = Route(intent, confidence: confidence)
            }
        }
        guard best.intent != .message, best.confidence < threshold else { return best }
        return Route(.message, confidence: 1 - best.confidence)
    }

    /// Whether words that went to the agent speak of an export too: "make a clip and export it". Where the agent then
    /// points at its Export button, the export is what was wished.
    public static func speaksOfExport(_ words: String) -> Bool {
        let tokens = Words.tokens(of: words[...])
        return exportWords.contains { keyword in keyword.count == 1 && tokens.contains(keyword[0]) }
    }

    /// The one list of keywords. A keyword of several words stands in the text one after the other.
    static let table: [(Intent, [[String]])] = [
        (
            .export(to: nil), exportWords
        ),
        (
            .credits,
            [
                ["credits"], ["credit"], ["balance"], ["billing"], ["积分"], ["余额"], ["点数"],
            ]
        ),
        (
            .state,
            [
                ["status"], ["show", "tracks"], ["show", "the", "tracks"], ["show", "me", "the", "tracks"],
                ["show", "my", "tracks"], ["list", "tracks"], ["list", "the", "tracks"], ["show", "the", "timeline"],
                ["show", "me", "the", "timeline"], ["show", "timeline"], ["状态"], ["轨道"], ["时间线"],
            ]
        ),
        (
            .upload([]),
            [
                ["upload"], ["uploads"], ["uploading"], ["上传"],
            ]
        ),
    ]

    private static let exportWords = [
        ["export"], ["exports"], ["exporting"], ["download"], ["downloads"], ["downloading"], ["render"],
        ["send", "me", "the", "video"], ["send", "the", "video"], ["send", "me", "my", "video"],
        ["send", "me", "the", "mp4"], ["give", "me", "the", "video"], ["give", "me", "the", "mp4"],
        ["save", "the", "video"], ["导出"], ["下载"], ["输出视频"], ["把视频发给我"],
    ]

    private static let uploadWords: Set<String> = [
        "upload", "uploads", "uploading", "send", "add", "use", "attach", "上传",
    ]

    /// Words that leave a command the command it is.
    static let filler: Set<String> = [
        "a", "again", "all", "and", "are", "as", "available", "can", "check", "could", "do", "file", "files",
        "finished",
        "for", "get", "give", "have", "hello", "hey", "hi", "how", "i", "in", "is", "it", "just", "left", "let",
        "many", "me", "mp4", "much", "my", "now", "of", "ok", "okay", "on", "please", "pls", "project", "remaining",
        "result", "s", "see", "show", "some", "tell", "thanks", "the", "then", "there", "this", "to", "us", "video",
        "want", "we", "what", "whats", "would", "you", "your", "like", "d", "ll", "need", "final", "current", "account",
        "timeline", "tracks", "session", "go", "ahead", "lets", "off", "out", "still", "right", "everything", "quality",
        "high", "image", "images", "clip", "clips", "photo", "photos", "picture", "pictures", "something",
        "请", "帮我", "我", "的", "视频", "一下", "现在", "吧", "把", "给我", "查", "查看", "看", "多少", "还有", "剩余", "文件", "了", "吗",
        "显示", "当前", "项目", "我要", "我想", "想", "要", "个", "这", "这个", "有", "是", "什么", "你", "能", "可以", "呢", "下", "来",
        "图片", "素材",
    ]

    /// Words that say that something is to be made or changed: what follows is meant for the agent.
    static let making: Set<String> = [
        "generate", "generates", "generating", "create", "creates", "creating", "make", "makes", "making", "add",
        "adds", "adding", "edit", "edits", "editing", "change", "changes", "remove", "removes", "cut", "trim", "crop",
        "replace", "insert", "draw", "write", "compose", "animate", "put", "turn", "title", "titled", "caption", "text",
        "saying", "says", "about", "music", "bgm", "voiceover", "scene", "style", "background",
        "生成", "制作", "添加", "加", "加上", "做", "创建", "修改", "替换", "删除", "剪", "剪辑", "配", "标题", "文字", "字幕", "音乐", "背景", "关于",
    ]
}

/// A person's words, taken apart.
private struct Scan {
    /// Words in lower case; Chinese by runs without spaces, taken apart at known words.
    private(set) var tokens: [String] = []
    /// What is written as a file's path or a web address.
    private(set) var paths: [String] = []
    /// What is said beside the paths.
    private(set) var remainder = ""
    /// Whether a word stood in quotation marks: a text to show, not to follow.
    private var quotes = false

    init(_ text: String) {
        var rest: [Substring] = []
        for piece in Words.split(text) {
            if Words.isPath(piece) { paths.append(Words.unquoted(piece)) } else { rest.append(piece) }
        }
        remainder = rest.joined(separator: " ")
        for piece in rest {
            if piece.contains(where: { "\"“”「」『』".contains($0) }) { quotes = true }
            tokens += Words.tokens(of: piece)
        }
    }

    /// How sure it is that one of these keywords is what the words ask for; `nil` where none of them is there.
    func confidence(of keywords: [[String]]) -> Double? {
        keywords.compactMap(confidence).max()
    }

    private func confidence(of keyword: [String]) -> Double? {
        guard let place = place(of: keyword) else { return nil }
        let others = Array(tokens[..<place] + tokens[(place + keyword.count)...])
        let content = others.filter { !Router.filler.contains($0) && !Router.commands.contains($0) }
        if content.isEmpty && !quotes { return others.isEmpty ? 1 : 0.95 }
        if quotes || content.contains(where: { Router.making.contains($0) }) { return 0.1 }
        // "Export it to my desktop": the command first, and little else.
        let isFirst = tokens[..<place].allSatisfy { Router.filler.contains($0) }
        return switch (isFirst, content.count) {
        case (true, 1): 0.8
        case (true, 2): 0.65
        case (false, 1): 0.5
        case (true, _), (false, _): 0.2
        }
    }

    private func place(of keyword: [String]) -> Int? {
        guard tokens.count >= keyword.count else { return nil }
        return (0...(tokens.count - keyword.count)).first { Array(tokens[$0..<($0 + keyword.count)]) == keyword }
    }
}

extension Router {
    /// Every word of every keyword.
    static let commands = Set(table.flatMap { $0.1.flatMap { $0 } })

    /// Chinese words that are looked for in text that has no spaces, the longest first.
    static let chinese: [String] = (commands.union(filler).union(making))
        .filter { word in word.unicodeScalars.contains { $0.value > 0x2E7F } }
        .sorted { $0.count == $1.count ? $0 < $1 : $0.count > $1.count }
}

/// Taking text apart into words.
enum Words {
    /// By white space, but for quoted or backslash-escaped pieces, as a terminal writes the path of a dropped file.
    static func split(_ text: String) -> [Substring] {
        var pieces: [Substring] = []
        var start: String.Index?
        var quote: Character?
        var index = text.startIndex
        while index < text.endIndex {
            let character = text[index]
            if character == "\\", text.index(after: index) < text.endIndex {
                if start == nil { start = index }
                index = text.index(index, offsetBy: 2)
                continue
            }
            if let open = quote {
                if character == open { quote = nil }
            } else if (character == "'" || character == "\"") && start == nil {
                quote = character
                start = index
            } else if character.isWhitespace {
                if let begun = start { pieces.append(text[begun..<index]) }
                start = nil
            } else if start == nil {
                start = index
            }
            index = text.index(after: index)
        }
        if let begun = start { pieces.append(text[begun...]) }
        return pieces
    }

    /// Whether it is written like the path of a media file or a web address.
    static func isPath(_ piece: Substring) -> Bool {
        let path = unquoted(piece)
        if path.hasPrefix("http://") || path.hasPrefix("https://") {
            // A page that is spoken of is not media.
            let bare = path.prefix { $0 != "?" && $0 != "#" }
            return bare.lastIndex(of: ".").map { media.contains(bare[bare.index(after: $0)...].lowercased()) } ?? false
        }
        if path.hasPrefix("/") || path.hasPrefix("~/") || path.hasPrefix("./") || path.hasPrefix("../") {
            return path.count > 2
        }
        if path.hasPrefix("file://") { return true }
        guard let dot = path.lastIndex(of: "."), dot != path.startIndex else { return false }
        let ending = path[path.index(after: dot)...].lowercased()
        return media.contains(ending)
    }

    /// Endings that a name in the midst of a sentence is known as a file by.
    private static let media: Set<String> = [
        "mp4", "mov", "avi", "webm", "mkv", "jpg", "jpeg", "png", "gif", "webp", "mp3", "wav", "m4a", "aac", "heic",
        "heif", "avif", "tif", "tiff", "bmp", "m4v", "mpg", "mpeg", "ts", "mts", "flv", "wmv", "3gp", "ogg", "flac",
        "opus",
    ]

    /// Without quotation marks and backslashes, and from `file://` on.
    static func unquoted(_ piece: Substring) -> String {
        var text = piece
        while let last = text.last, ",;".contains(last) { text = text.dropLast() }
        if let first = text.first, first == "'" || first == "\"", text.count > 1, text.last == first {
            text = text.dropFirst().dropLast()
        }
        var plain = ""
        var isEscaped = false
        for character in text {
            if character == "\\", !isEscaped {
                isEscaped = true
            } else {
                plain.append(character)
                isEscaped = false
            }
        }
        return plain.hasPrefix("file://") ? String(plain.dropFirst(7)) : plain
    }

    /// The words of a piece without spaces: letters and digits; Chinese taken apart at the words that are known.
    static func tokens(of piece: Substring) -> [String] {
        var tokens: [String] = []
        var word = ""
        func end() {
            if !word.isEmpty { tokens.append(word) }
            word = ""
        }
        var index = piece.startIndex
        while index < piece.endIndex {
            let rest = piece[index...]
            if let known = Router.chinese.first(where: { rest.hasPrefix($0) }) {
                end()
                tokens.append(known)
                index = piece.index(index, offsetBy: known.count)
                continue
            }
            let character = piece[index]
            if character.isLetter || character.isNumber {
                word += character.lowercased()
            } else if character != "'" && character != "’" {
                end()
            }
            index = piece.index(after: index)
        }
        end()
        return tokens
    }
}
