internal import ReelModel

/// Files and destinations as a table: how each file stands with each. The destinations are the rows, unless there are
/// fewer of them than files.
enum Matrix {
    /// Nothing where no file is held against several destinations: what goes into a run and what comes out of it have
    /// one each.
    static func lines(of files: [FileReport], _ paint: Paint) -> [String] {
        guard files.contains(where: { $0.profiles.count > 1 }) else { return [] }
        var profiles: [String] = []
        for file in files {
            for profile in file.profiles where !profiles.contains(profile) { profiles.append(profile) }
        }
        let names = files.map { Paint.safe($0.path) }
        func cell(_ file: Int, _ profile: Int) -> Standing? {
            files[file].profiles.contains(profiles[profile]) ? files[file].standing(with: profiles[profile]) : nil
        }
        return profiles.count >= files.count
            ? table(rows: profiles, columns: names, paint) { cell($1, $0) }
            : table(rows: names, columns: profiles, paint) { cell($0, $1) }
    }

    private static func table(
        rows: [String], columns: [String], _ paint: Paint, _ cell: (Int, Int) -> Standing?
    ) -> [String] {
        let width = (rows.map(\.count).max() ?? 0) + 2
        var lines: [String] = []
        // Long headings would tear the columns apart; they are numbered then.
        let isNumbered = columns.count > 1 && columns.contains { $0.count > 18 }
        let heads = isNumbered ? columns.indices.map { "[\($0 + 1)]" } : columns
        if isNumbered { lines += columns.enumerated().map { "[\($0.offset + 1)] \($0.element)" } }
        let columnWidth = max(heads.map(\.count).max() ?? 0, word(.refused).count) + 2
        if columns.count > 1 {
            lines.append(pad("", width) + heads.map { pad($0, columnWidth) }.joined())
        }
        for row in rows.indices {
            let cells = columns.indices.map { column -> String in
                guard let standing = cell(row, column) else { return pad("–", columnWidth) }
                return pad(word(standing), columnWidth) { paint($0, tone(standing)) }
            }
            lines.append(pad(rows[row], width) + cells.joined())
        }
        return lines.map { line in
            var line = line
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    private static func pad(_ text: String, _ width: Int, _ dress: (String) -> String = { $0 }) -> String {
        dress(text) + String(repeating: " ", count: max(width - text.count, 1))
    }

    static func word(_ standing: Standing) -> String {
        switch standing {
        case .passes: "✓"
        case .changed: "changed"
        case .risk: "risk"
        case .unknown: "?"
        case .refused: "refused"
        }
    }

    private static func tone(_ standing: Standing) -> Paint.Tone {
        switch standing {
        case .passes: .good
        case .changed, .risk, .unknown: .doubtful
        case .refused: .bad
        }
    }
}
