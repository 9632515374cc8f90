internal import ReelModel

/// Words on a terminal: coloured only if told.
struct Paint {
    let color: Bool

    enum Tone: String {
        case good = "32"
        case bad = "31"
        case doubtful = "33"
        case quiet = "2"
        case strong = "1"
    }

    func callAsFunction(_ text: String, _ tone: Tone) -> String {
        color ? "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m" : text
    }

    func mark(_ verdict: Verdict?) -> String {
        switch verdict {
        case .pass: self("✓", .good)
        case .fail: self("✗", .bad)
        case .unreadable: self("?", .doubtful)
        case nil: "•"
        }
    }

    func word(_ severity: Severity) -> String {
        switch severity {
        case .reject: self("reject", .bad)
        case .risk: self("risk", .doubtful)
        case .changed: self("changed", .doubtful)
        case .note: self("note", .quiet)
        }
    }

    /// A file's name can hold anything; control characters are shown, not sent to the terminal.
    static func safe(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return text }
        var shown = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                shown += "\\u{" + String(scalar.value, radix: 16) + "}"
            case _: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}
