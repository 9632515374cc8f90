/// How a file stands with one destination.
public enum Standing: String, Sendable, Hashable, Codable, CaseIterable {
    case passes
    /// It is taken, and scaled, cropped or converted.
    case changed
    /// Something is stated as a limit, and no refusal for it is confirmed.
    case risk
    /// What could refuse it could not be judged.
    case unknown
    case refused
}

extension FileReport {
    /// How the file stands with one of its profiles, by the worst that was found against it or against the file itself.
    public func standing(with profile: String) -> Standing {
        if facts == nil { return .unknown }
        var worst = Severity.note
        for finding in findings where finding.profile == profile || finding.profile == nil {
            worst = max(worst, finding.severity)
        }
        if worst == .reject { return .refused }
        let isOpen = notEvaluated.contains {
            ($0.profile == profile || $0.profile == nil) && $0.gravity == .reject
        }
        if isOpen { return .unknown }
        switch worst {
        case .risk: return .risk
        case .changed: return .changed
        case .note, .reject: return .passes
        }
    }
}
