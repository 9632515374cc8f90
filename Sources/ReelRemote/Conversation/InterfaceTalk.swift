/// The agent believes that there is a window to click in. This takes its words as they come, a sentence at a time:
/// what tells the person to work such a window is dropped and becomes an action; what only describes stays.
///
/// A pure machine. A sentence is handed out once it has ended; `finish` hands out the rest.
public struct InterfaceTalk: Sendable {
    /// What an instruction stands for, by the contract's table.
    public enum Action: String, Sendable, Hashable, CaseIterable {
        /// "Export button", 导出: the export is run.
        case export
        /// "If you like it, click Export": the person is told how, and it is left to the person.
        case exportOffer
        /// "Preview in timeline": the track summary is shown.
        case showTracks
        /// "Open [panel]", 打开: the session's state is queried.
        case queryState
        /// "Check account", "billing": the credits are asked for.
        case credits
        /// "Drag", "drop", 拖拽: the edit is sent over SSE, by saying it.
        case edit
        /// "Click [button]", 点击: it is done through the API already.
        case click
    }

    public enum Piece: Sendable, Hashable {
        case text(String)
        case action(Action)
    }

    private var pending = ""

    public init() {}

    public mutating func on(_ text: String) -> [Piece] {
        pending += text
        var pieces: [Piece] = []
        while let end = Self.endOfSentence(pending) {
            pieces.append(contentsOf: Self.translate(String(pending[..<end])))
            pending = String(pending[end...])
        }
        if pending.utf8.count > Self.patience {
            pieces.append(.text(pending))
            pending = ""
        }
        return pieces
    }

    /// Bytes without an end of a sentence that are handed out as they are: no instruction is as long.
    private static let patience = 2000

    public mutating func finish() -> [Piece] {
        defer { pending = "" }
        return pending.isEmpty ? [] : Self.translate(pending)
    }

    /// All of a text at once.
    public static func translate(all text: String) -> [Piece] {
        var talk = InterfaceTalk()
        return talk.on(text) + talk.finish()
    }

    /// After the sentence's mark and the white space behind it; `nil` while none has ended. A full stop ends a
    /// sentence only before white space: `clip.mp4` and `3.5` go on.
    private static func endOfSentence(_ text: String) -> String.Index? {
        var index = text.startIndex
        while index < text.endIndex {
            let character = text[index]
            var next = text.index(after: index)
            let isMark: Bool
            if "。！？\n；".contains(character) {
                isMark = true
            } else if ".!?;".contains(character) {
                guard next < text.endIndex else { return nil }
                isMark = text[next].isWhitespace
            } else {
                isMark = false
            }
            if isMark {
                while next < text.endIndex, text[next].isWhitespace { next = text.index(after: next) }
                return next
            }
            index = next
        }
        return nil
    }

    private static func translate(_ sentence: String) -> [Piece] {
        guard let action = instruction(in: sentence) else { return [.text(sentence)] }
        // The line break behind what is dropped still parts what is left.
        return [.action(action)] + (sentence.contains("\n") ? [.text("\n")] : [])
    }

    /// What the sentence tells the person to do in a window; `nil` where it does not.
    static func instruction(in sentence: String) -> Action? {
        let words = Words.tokens(of: sentence[...])
        guard !words.isEmpty else { return nil }
        if let action = english(words) { return action }
        return chinese(sentence)
    }

    // MARK: English

    private static let verbs: [String: Action] = [
        "click": .click, "tap": .click, "press": .click, "select": .click, "choose": .click, "hit": .click,
        "open": .queryState, "drag": .edit, "drop": .edit, "preview": .showTracks, "export": .export,
        "use": .click, "navigate": .queryState, "go": .queryState, "check": .credits, "find": .queryState,
    ]

    /// Things that only a window has.
    private static let widgets: Set<String> = [
        "button", "buttons", "panel", "panels", "tab", "tabs", "menu", "sidebar", "toolbar", "icon", "timeline",
        "dropdown", "dialog", "checkbox", "slider", "page", "screen", "window", "settings", "corner", "account",
        "billing", "workspace", "canvas", "playhead",
    ]

    /// What may stand before the verb of an instruction.
    private static let openings: Set<String> = [
        "please", "just", "simply", "then", "now", "next", "you", "can", "may", "could", "should", "to", "also", "and",
        "or", "first", "finally", "if", "want", "ready", "when", "once", "re", "youre", "your", "need", "have",
        "it", "the", "result", "video", "preview", "download", "save", "view", "see", "ahead", "done", "is",
        "get", "share", "finish", "for", "more", "options", "start", "continue", "proceed", "use", "s", "lets", "like",
        "change", "changes", "apply", "confirm",
    ]

    /// What makes an instruction an offer.
    private static let conditions: Set<String> = ["if", "when", "whenever", "once"]

    private static func english(_ words: [String]) -> Action? {
        guard
            let place = words.firstIndex(where: { verbs[$0] != nil && $0 != "use" && $0 != "go" })
                ?? words.firstIndex(where: { verbs[$0] != nil })
        else { return nil }
        // "The man opens the door", "I clicked": another form, or somebody else's deed.
        guard words[..<place].allSatisfy(openings.contains), let action = verbs[words[place]] else { return nil }
        let rest = words[words.index(after: place)...]
        let hasWidget = rest.contains(where: widgets.contains)
        let export = words.contains(where: conditions.contains) ? Action.exportOffer : .export
        switch action {
        case .click:
            guard hasWidget || words[place] == "click" || words[place] == "tap" else { return nil }
            return object(of: rest, export) ?? .click
        case .queryState, .credits: return hasWidget ? object(of: rest, export) ?? action : nil
        // Dragging is done with a hand; a title that drops in is not.
        case .edit: return words[place] == "drag" || hasWidget ? .edit : nil
        case .showTracks: return hasWidget ? .showTracks : nil
        case .export, .exportOffer: return hasWidget ? export : nil
        }
    }

    /// What is to be clicked or opened.
    private static func object(of words: ArraySlice<String>, _ export: Action) -> Action? {
        if words.contains("export") || words.contains("download") { return export }
        if words.contains("account") || words.contains("billing") || words.contains("credits") { return .credits }
        if words.contains("timeline") || words.contains("preview") { return .showTracks }
        return nil
    }

    // MARK: Chinese

    private static func chinese(_ sentence: String) -> Action? {
        let marks: [(String, Action)] = [
            ("拖拽", .edit), ("拖动", .edit), ("拖放", .edit), ("点击", .click), ("打开", .queryState),
        ]
        for (mark, action) in marks {
            guard let range = sentence.range(ofText: mark) else { continue }
            // Whose deed it is stands before it: 请, 您, 可以 make it the person's; 我已 makes it the agent's.
            let before = sentence[..<range.lowerBound]
            if before.contains("我") || before.contains("已") || before.contains("他") || before.contains("她") {
                return nil
            }
            if action == .edit { return .edit }
            let after = sentence[range.upperBound...]
            if after.contains("导出") || after.contains("下载") {
                return ["如果", "若", "当", "如需", "需要时", "想"].contains { sentence.contains($0) } ? .exportOffer : .export
            }
            if after.contains("账户") || after.contains("积分") { return .credits }
            if after.contains("时间线") || after.contains("预览") { return .showTracks }
            // "打开" is done to doors too; only a window has panels.
            let isWidget = ["面板", "菜单", "按钮", "页面", "窗口", "标签", "设置", "界面", "图标"].contains { after.contains($0) }
            if action == .queryState, !isWidget { return nil }
            return action
        }
        return nil
    }
}

extension String {
    /// Where a text stands in this one.
    fileprivate func range(ofText text: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
