public import ReelModel

/// For people at a terminal.
public enum TextFormat: ReportFormat {
    public static let name = "text"
    public static let fileExtensions = ["txt"]

    public static func bytes(of report: Report, style: ReportStyle) -> [UInt8] {
        var lines = report.files.flatMap { self.lines(of: $0, style: style) }
        if let run = report.run { lines += self.lines(of: run) }
        lines += Matrix.lines(of: report.files.filter { $0.fit?.output == nil }, Paint(color: style.color))
        lines += summary(of: report, style: style)
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// The lines of one file, which can be shown before the others are known.
    public static func lines(of file: FileReport, style: ReportStyle) -> [String] {
        let paint = Paint(color: style.color)
        let path = paint(Paint.safe(file.path), .strong)
        var lines: [String] = []
        if file.verdict == nil, let facts = file.facts {
            lines = [path] + FactsTable.lines(facts, paint)
        } else {
            lines = [
                [paint.mark(file.verdict), path, file.facts.map(FactsLine.text)].compactMap { $0 }.joined(
                    separator: "  ")
            ]
        }
        if file.verdict != nil, let sample = file.facts?.measured?.sample {
            lines.append("  " + paint(self.words(of: sample), .doubtful))
        }
        if let failure = file.failure {
            let cause = failure.cause.map { " (\($0))" } ?? ""
            lines.append("  " + Paint.safe("\(failure.problem)\(cause). \(failure.remedy)."))
        }
        // What a fit has mended is told as such: the verdict is that of the copy.
        let isMended = file.fit?.output != nil && file.verdict == .pass
        // Of several destinations' advice only the count is told: what matters would be lost in it.
        let isBrief = file.profiles.count > 1
        let told = file.findings.filter { !isBrief || $0.severity > .note || $0.profile == nil }
        for finding in told { lines += self.lines(of: finding, isMended: isMended, paint) }
        lines += self.lines(of: file.notEvaluated, paint)
        if file.findings.count > told.count {
            let count = file.findings.count - told.count
            lines.append("  " + paint("\(count) note\(count == 1 ? "" : "s") besides, in the other formats", .quiet))
        }
        if let fit = file.fit { lines += self.lines(of: fit) }
        return lines
    }

    /// What a quick look has seen, and what it is worth.
    static func words(of sample: Sample) -> String {
        let spans = "\(sample.spans.count) span\(sample.spans.count == 1 ? "" : "s")"
        let keys = "\(sample.keyFrames.count) key frame\(sample.keyFrames.count == 1 ? "" : "s")"
        return "a sample: \(Figure.seconds(sample.seconds)) of \(Figure.seconds(sample.of)) were decoded "
            + "(\(Figure.percent(sample.share)), in \(spans)), and \(keys) besides. The rest was not looked at"
    }

    private static func lines(of finding: Finding, isMended: Bool, _ paint: Paint) -> [String] {
        if isMended, finding.severity >= .risk {
            let code = finding.code.map { " (\($0))" } ?? ""
            return [
                "  \(paint("mended", .good)) \(paint(finding.rule, .strong))\(code): \(Paint.safe(finding.message))."
            ]
        }
        let code = finding.code.map { " (\($0))" } ?? ""
        let profile = finding.profile.map { " [\($0)]" } ?? ""
        var lines = [
            "  \(paint.word(finding.severity)) \(paint(finding.rule, .strong))\(code)\(profile): \(Paint.safe(finding.message))."
        ]
        if let span = finding.span {
            let end = span.duration > 0 ? " to \(Figure.seconds(span.end))" : ""
            lines.append("    at \(Figure.seconds(span.start))\(end)")
        }
        lines.append("    " + paint("fix: \(Paint.safe(finding.fix.words))", .quiet))
        if finding.severity >= .risk, let answer = finding.answer {
            lines.append("    " + paint("\(answer.platformName) will answer \(answer.code): \(answer.gist)", .quiet))
        }
        return lines
    }

    /// What could not be judged, each once; advice is only counted.
    private static func lines(of skipped: [NotEvaluated], _ paint: Paint) -> [String] {
        var heads: [(rule: String, why: String, profiles: [String])] = []
        for entry in skipped where entry.gravity > .note {
            if let at = heads.firstIndex(where: { $0.rule == entry.rule && $0.why == entry.why }) {
                heads[at].profiles += [entry.profile].compactMap { $0 }
            } else {
                heads.append((entry.rule, entry.why, [entry.profile].compactMap { $0 }))
            }
        }
        var lines: [String] = []
        for (why, rules) in Self.frequent(heads.filter { $0.profiles.count <= 1 }.map { ($0.rule, $0.why) }) {
            heads.removeAll { $0.why == why && rules.contains($0.rule) }
            let text = "\(rules.count) checks, as for each of them \(Paint.safe(why)): \(rules.joined(separator: ", "))"
            lines.append("  \(paint("not evaluated", .doubtful)) " + Prose.wrapped(text, indent: 4, used: 16))
        }
        lines += heads.map { head in
            let profiles = head.profiles.isEmpty ? "" : " [\(head.profiles.joined(separator: ", "))]"
            return "  \(paint("not evaluated", .doubtful)) \(head.rule)\(profiles): \(Paint.safe(head.why))"
        }
        let advice = skipped.count { $0.gravity == .note }
        if advice > 0 {
            lines.append(
                "  " + paint("\(advice) piece\(advice == 1 ? "" : "s") of advice could not be looked at", .quiet))
        }
        return lines
    }

    /// Reasons that many checks have in common, with those checks, in the order that they came in.
    private static func frequent(_ entries: [(rule: String, why: String)]) -> [(why: String, rules: [String])] {
        var groups: [(why: String, rules: [String])] = []
        for (rule, why) in entries {
            if let at = groups.firstIndex(where: { $0.why == why }) {
                groups[at].rules.append(rule)
            } else {
                groups.append((why, [rule]))
            }
        }
        return groups.filter { $0.rules.count >= 6 }
    }

    private static func lines(of fit: FitReport) -> [String] {
        var lines: [String] = []
        if fit.plan.steps.isEmpty { lines.append("  plan: keep it as it is") }
        for step in fit.plan.steps { lines.append("  plan: \(step)") }
        if fit.output == nil, let predicted = fit.plan.predictedBytes.value {
            lines.append("  about \(Figure.size(predicted)) as \(fit.plan.output.id)" + limit(fit))
        }
        if let output = fit.output {
            lines.append("  → \(Paint.safe(output))" + (fit.bytes.map { "  \(Figure.size($0))" } ?? "") + limit(fit))
        }
        if let outcome = fit.outcome, outcome.saturated, outcome.encodes > 0, fit.plan.maxBytes != nil {
            lines.append("  saturated: more bytes would buy nothing that can be seen")
        }
        for loss in fit.outcome?.losses ?? [] { lines.append("  lost: \(Paint.safe(loss))") }
        return lines
    }

    private static func limit(_ fit: FitReport) -> String {
        fit.plan.maxBytes.map { ", at most \(Figure.size($0))" } ?? ""
    }

    private static func lines(of run: RunReport) -> [String] {
        [
            "run \(Paint.safe(run.id))", run.summary.map(Paint.safe), run.output.map { "→ \(Paint.safe($0))" },
        ].compactMap { $0 }
    }

    private static func summary(of report: Report, style: ReportStyle) -> [String] {
        let tally = Tally(report.files)
        guard report.files.count - tally.unjudged > 1 else { return [] }
        let paint = Paint(color: style.color)
        var parts: [String] = []
        if tally.passed > 0 { parts.append(paint("\(tally.passed) pass", .good)) }
        if tally.failed > 0 { parts.append(paint("\(tally.failed) fail", .bad)) }
        if tally.unreadable > 0 { parts.append(paint("\(tally.unreadable) unreadable", .doubtful)) }
        return ["\(report.files.count) files: \(parts.joined(separator: ", "))"]
    }
}
