internal import ReelModel

/// One file of a report as JSON.
enum FileJSON {
    static func json(_ file: FileReport) -> JSON {
        var members: [JSON.Member] = [
            .init("path", .string(file.path)),
            .init("role", .string(file.role.rawValue)),
            .init("verdict", .text(file.verdict?.rawValue)),
            .init("profiles", .array(file.profiles.map(JSON.string))),
            .init("facts", file.facts.map(FactsJSON.json) ?? .null),
            .init("findings", .array(file.findings.map(json))),
            .init(
                "notEvaluated",
                .array(
                    file.notEvaluated.map {
                        [
                            "rule": .string($0.rule), "why": .string($0.why), "profile": .text($0.profile),
                            "gravity": .string($0.gravity.rawValue),
                        ]
                    })),
        ]
        if file.profiles.count > 1, file.fit?.output == nil {
            let standings = file.profiles.map { JSON.Member($0, .string(file.standing(with: $0).rawValue)) }
            members.append(.init("destinations", .object(standings)))
        }
        if let fit = file.fit { members.append(.init("fit", json(fit))) }
        if let failure = file.failure { members.append(.init("failure", json(failure))) }
        return .object(members)
    }

    static func json(_ finding: Finding) -> JSON {
        [
            "rule": .string(finding.rule), "severity": .string(finding.severity.rawValue),
            "profile": .text(finding.profile), "code": .text(finding.code), "message": .string(finding.message),
            "measured": finding.measured, "allowed": finding.allowed, "unit": .text(finding.unit),
            "stream": finding.stream.map { JSON($0) } ?? .null, "span": finding.span.map { JSON($0) } ?? .null,
            "fix": .string(finding.fix.words), "source": .text(finding.source), "asOf": .text(finding.asOf),
            "answer": finding.answer.map { ProfilePages.json($0) } ?? .null,
        ]
    }

    static func json(_ fit: FitReport) -> JSON {
        [
            "output": .text(fit.output), "type": .string(fit.plan.output.id),
            "plan": .array(fit.plan.steps.map { .string($0.description) }),
            "bytes": fit.bytes.map { JSON($0) } ?? .null,
            "predictedBytes": fit.plan.predictedBytes.value.map { JSON($0) } ?? .null,
            "limit": fit.plan.maxBytes.map { JSON($0) } ?? .null,
            "encodes": fit.outcome.map { JSON($0.encodes) } ?? .null,
            "quality": fit.outcome.map(quality) ?? .null,
        ]
    }

    private static func quality(_ outcome: FitOutcome) -> JSON {
        [
            "saturated": .bool(outcome.saturated), "rateFactor": outcome.rateFactor.map { JSON($0) } ?? .null,
            "ceiling": outcome.ceiling.map { JSON($0) } ?? .null, "losses": .array(outcome.losses.map(JSON.string)),
        ]
    }

    static func json(_ failure: Failure) -> JSON {
        [
            "kind": .string(failure.kind.rawValue), "subject": .string(failure.subject),
            "problem": .string(failure.problem), "remedy": .string(failure.remedy), "cause": .text(failure.cause),
        ]
    }
}

extension JSON {
    /// The text, or `null`.
    static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
}
