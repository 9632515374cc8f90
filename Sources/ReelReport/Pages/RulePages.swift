public import ReelModel

/// The rules for people and programs: what `rules` and `explain` print.
public enum RulePages {
    /// What a rule finds in one of its own examples.
    public typealias FindingsInExample = (RulePage, Example) -> [Finding]

    // MARK: One rule

    /// A page: what it finds, why that matters, what mends it, and examples with what is said of each.
    public static func text(
        _ page: RulePage, style: ReportStyle = ReportStyle(), findings: FindingsInExample
    ) -> String {
        let paint = Paint(color: style.color)
        var lines = [
            "\(paint(page.id, .strong))  (\(page.group.rawValue), depth \(page.depth.rawValue))", "",
            Prose.wrapped(page.summary), "",
            paint("Why", .strong), "  " + Prose.wrapped(page.why, indent: 2), "",
            paint("Fix", .strong), "  " + Prose.wrapped(page.fix.words, indent: 2), "",
        ]
        if page.depth > .header { lines += [paint("In a sample", .strong), "  " + inSample(page), ""] }
        if !page.thresholds.isEmpty {
            lines.append(paint("Thresholds, as profiles state them", .strong))
            for threshold in page.thresholds {
                lines.append(
                    "  " + Prose.wrapped("\(threshold.name) (\(threshold.unit)): \(threshold.meaning)", indent: 4))
            }
            lines.append("")
        }
        lines.append(paint("Examples", .strong))
        for example in page.examples {
            lines.append("  \(mark(example.outcome, paint))  \(example.title)")
            for finding in findings(page, example) { lines += said(of: finding, paint) }
        }
        if !page.yieldsTo.isEmpty {
            let others = page.yieldsTo.joined(separator: ", ")
            lines += [
                "", paint("Silent where one of these has spoken", .strong), "  " + Prose.wrapped(others, indent: 2),
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What `verify --sample` makes of it.
    private static func inSample(_ page: RulePage) -> String {
        page.findsInSamples
            ? "It is found where it is seen; that it is not seen proves nothing."
            : "It is not judged: it takes the whole file."
    }

    private static func said(of finding: Finding, _ paint: Paint) -> [String] {
        let word = finding.severity.rawValue + (finding.code.map { " \($0)" } ?? "")
        let margin = 17
        let head =
            String(repeating: " ", count: margin) + paint.word(finding.severity)
            + (finding.code.map { " \($0)" } ?? "")
        return ["\(head): " + Prose.wrapped(finding.message + ".", indent: margin, used: margin + word.count + 2)]
    }

    public static func json(_ page: RulePage, findings: FindingsInExample) -> JSON {
        .object([.init("schema", "reelgate.rule/1")] + (members(of: page, findings).members ?? []))
    }

    private static func members(of page: RulePage, _ findings: FindingsInExample) -> JSON {
        [
            "id": .string(page.id), "group": .string(page.group.rawValue), "depth": .string(page.depth.rawValue),
            "findsInSamples": .bool(page.findsInSamples),
            "summary": .string(page.summary), "why": .string(page.why), "fix": .string(page.fix.words),
            "yieldsTo": .array(page.yieldsTo.map(JSON.string)),
            "thresholds": .array(
                page.thresholds.map {
                    ["name": .string($0.name), "unit": .string($0.unit), "meaning": .string($0.meaning)]
                }),
            "examples": .array(
                page.examples.map { example in
                    [
                        "title": .string(example.title), "outcome": .string(word(example.outcome)),
                        "findings": .array(findings(page, example).map(json)),
                    ]
                }),
        ]
    }

    private static func json(_ finding: Finding) -> JSON {
        [
            "severity": .string(finding.severity.rawValue), "code": .text(finding.code),
            "message": .string(finding.message), "fix": .string(finding.fix.words),
        ]
    }

    // MARK: All rules

    /// A line for each rule, by group.
    public static func text(_ pages: [RulePage], style: ReportStyle = ReportStyle()) -> String {
        let paint = Paint(color: style.color)
        let margin = 4 + (pages.map(\.id.count).max() ?? 0)
        var blocks: [String] = []
        for group in RuleGroup.allCases {
            let own = pages.filter { $0.group == group }
            if own.isEmpty { continue }
            let lines = own.map { page in
                let gap = String(repeating: " ", count: margin - 2 - page.id.count)
                return "  " + paint(page.id, .strong) + gap + Prose.wrapped(page.summary, indent: margin)
            }
            blocks.append(([group.rawValue] + lines).joined(separator: "\n"))
        }
        blocks.append(
            "\(pages.count) rule\(pages.count == 1 ? "" : "s"); `reelgate explain RULE` prints the page of one.")
        return blocks.joined(separator: "\n\n") + "\n"
    }

    public static func json(_ pages: [RulePage], findings: FindingsInExample) -> JSON {
        ["schema": "reelgate.rules/1", "rules": .array(pages.map { members(of: $0, findings) })]
    }

    // MARK: Words

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
