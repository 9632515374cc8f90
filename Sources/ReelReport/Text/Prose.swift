/// Sentences broken into lines that a terminal of usual width can hold.
enum Prose {
    static let width = 100

    /// Breaks at spaces; a word that is longer than a line stands on one of its own.
    ///
    /// - Parameters:
    ///   - indent: what stands before each line but the first.
    ///   - used: columns that are taken on the first line already.
    static func wrapped(_ text: String, indent: Int = 0, used: Int? = nil) -> String {
        var lines: [String] = []
        var line = ""
        var room = width - (used ?? indent)
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > room {
                lines.append(line)
                line = ""
                room = width - indent
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        lines.append(line)
        return lines.joined(separator: "\n" + String(repeating: " ", count: indent))
    }
}
