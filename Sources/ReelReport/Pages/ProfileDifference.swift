public import ReelModel

/// What two profiles limit differently: what `profiles --diff A B` prints.
public enum ProfileDifference {
    private struct Row {
        let kind: LimitKind
        let first: [LimitRow]
        let second: [LimitRow]
    }

    private static func rows(_ first: Profile, _ second: Profile) -> [Row] {
        LimitKind.all.compactMap { kind in
            let a = first[all: kind], b = second[all: kind]
            if a.map(\.told) == b.map(\.told) { return nil }
            return Row(
                kind: kind, first: a.map { LimitRow(kind: kind, limit: $0) },
                second: b.map { LimitRow(kind: kind, limit: $0) })
        }
    }

    public static func text(_ first: Profile, _ second: Profile, style: ReportStyle = ReportStyle()) -> String {
        let paint = Paint(color: style.color)
        let rows = rows(first, second)
        if rows.isEmpty { return "\(first.name) and \(second.name) limit the same.\n" }
        var lines = ["\(paint("-", .bad)) \(first.name)", "\(paint("+", .good)) \(second.name)", ""]
        for row in rows {
            lines.append(paint(row.kind.name, .strong))
            lines += row.first.map { "  \(paint("-", .bad)) \($0.words)  \(paint($0.standing, .quiet))" }
            lines += row.second.map { "  \(paint("+", .good)) \($0.words)  \(paint($0.standing, .quiet))" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    public static func json(_ first: Profile, _ second: Profile) -> JSON {
        [
            "schema": "reelgate.profile-difference/1", "first": .string(first.name), "second": .string(second.name),
            "limits": .object(
                rows(first, second).map { row in
                    .init(
                        row.kind.name,
                        [
                            "first": .array(row.first.map(\.json)), "second": .array(row.second.map(\.json)),
                        ])
                }),
        ]
    }
}

extension Limit<LimitFigure> {
    /// What of a limit makes a difference to a file.
    fileprivate var told: Limit<LimitFigure> {
        var bare = Limit(value, strength: strength, effect: effect, code: code, source: "")
        bare.isHearsay = isHearsay
        return bare
    }
}
