/// The words of a subtitle, and which of them are bold, italic or underlined. What else of its looks is not kept.
struct StyledText: Sendable, Hashable {
    /// By the flags of 3GPP TS 26.245, 5.16 (`face-style-flags`).
    struct Face: OptionSet, Sendable, Hashable {
        let rawValue: UInt8

        static let bold = Face(rawValue: 1)
        static let italic = Face(rawValue: 2)
        static let underlined = Face(rawValue: 4)
    }

    struct Run: Sendable, Hashable {
        var words: String
        var face: Face
    }

    private(set) var runs: [Run] = []

    /// - Parameter runs: in order; those of one face become one.
    init(_ runs: [Run] = []) { for run in runs { add(run.words, run.face) } }

    init(_ words: String) { add(words, []) }

    var words: String { runs.map(\.words).joined() }
    var isEmpty: Bool { runs.allSatisfy { $0.words.allSatisfy(\.isWhitespace) } }

    mutating func add(_ words: String, _ face: Face) {
        let words = String(words.unicodeScalars.filter { $0 == "\n" || $0.properties.generalCategory != .control })
        guard !words.isEmpty else { return }
        if let last = runs.last, last.face == face {
            runs[runs.count - 1].words += words
        } else {
            runs.append(Run(words: words, face: face))
        }
    }

    /// Without blank lines and blanks around it.
    var trimmed: StyledText {
        var runs = runs
        while let first = runs.first {
            let rest = String(first.words.drop { $0.isWhitespace })
            if rest.isEmpty {
                runs.removeFirst()
            } else {
                runs[0].words = rest
                break
            }
        }
        while let last = runs.last {
            let rest = String(last.words.reversed().drop { $0.isWhitespace }.reversed())
            if rest.isEmpty {
                runs.removeLast()
            } else {
                runs[runs.count - 1].words = rest
                break
            }
        }
        return StyledText(runs)
    }

    /// One under the other.
    static func joined(_ texts: [StyledText]) -> StyledText {
        var all = StyledText()
        for (place, text) in texts.enumerated() {
            if place > 0 { all.add("\n", []) }
            for run in text.runs { all.add(run.words, run.face) }
        }
        return all
    }
}

/// Words that are shown for a while.
struct TextCue: Sendable, Hashable {
    /// In milliseconds of the result; the end is the first at which it is not shown any more.
    var span: Range<Int64>
    var text: StyledText

    /// One after the other, where what is shown at the same time stands in one cue.
    static func apart(_ cues: [TextCue]) -> [TextCue] {
        let sorted = cues.filter { !$0.span.isEmpty && !$0.text.isEmpty }.sorted {
            $0.span.lowerBound < $1.span.lowerBound
        }
        let moments = Set(sorted.flatMap { [$0.span.lowerBound, $0.span.upperBound] }).sorted()
        var apart: [TextCue] = []
        var shown: [TextCue] = []
        var next = sorted.startIndex
        for (from, to) in zip(moments, moments.dropFirst()) {
            shown.removeAll { $0.span.upperBound <= from }
            while next < sorted.endIndex, sorted[next].span.lowerBound == from {
                shown.append(sorted[next])
                next += 1
            }
            if !shown.isEmpty { apart.append(TextCue(span: from..<to, text: .joined(shown.map(\.text)))) }
        }
        return apart
    }
}
