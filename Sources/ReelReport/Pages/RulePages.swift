public import ReelModel

/// The rules for people and programs: what `rules` and `explain` print.
public enum RulePages {
    // MARK: One rule

    /// A page: what it finds, why that matters, what mends it, and examples.
    public static func text(_ page: RulePage, style: ReportStyle = ReportStyle()) -> String {
        let paint = Paint(color: style.color)
        var lines = [
            "\(paint(page.id, .strong))  (\(page.group.rawValue), depth \(page.depth.rawValue))", "", page.summary, "",
            "Why", "  " + page.why, "", "Fix", "  " + page.fix, "", "Examples",
        ]
        lines += page.examples.map { "  \(mark($0.outcome, paint)) \($0.title)" }
        return lines.joined(separator: "\n") + "\n"
    }

    public static func json(_ page: RulePage) -> JSON {
        [
            "id": .string(page.id), "group": .string(page.group.rawValue), "depth": .string(page.depth.rawValue),
            "summary": .string(page.summary), "why": .string(page.why), "fix": .string(page.fix),
            "yieldsTo": .array(page.yieldsTo.map(JSON.string)),
            "examples": .array(
                page.examples.map { ["title": .string($0.title), "outcome": .string(word($0.outcome))] }),
        ]
    }

    // MARK: All rules

    /// A line for each rule, by group.
    public static func text(_ pages: [RulePage], style: ReportStyle = ReportStyle()) -> String {
        let paint = Paint(color: style.color)
        let width = pages.map(\.id.count).max() ?? 0
        var blocks: [String] = []
        for group in RuleGroup.allCases {
            let own = pages.filter { $0.group == group }
            if own.isEmpty { continue }
            let lines = own.map { page in
                "  " + paint(page.id, .strong) + String(repeating: " ", count: width - page.id.count + 2) + page.summary
            }
            blocks.append(([group.rawValue] + lines).joined(separator: "\n"))
        }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    public static func json(_ pages: [RulePage]) -> JSON {
        ["schema": "reelgate.rules/1", "rules": .array(pages.map { json($0) })]
    }

    private static func word(_ outcome: Example.Outcome) -> String {
        switch outcome {
        case .passes: "passes"
        case .fires: "fires"
        case .notEvaluated: "not-evaluated"
        }
    }

    private static func mark(_ outcome: Example.Outcome, _ paint: Paint) -> String {
        switch outcome {
        case .passes: paint("passes       ", .good)
        case .fires: paint("fires        ", .bad)
        case .notEvaluated: paint("not evaluated", .doubtful)
        }
    }
}
