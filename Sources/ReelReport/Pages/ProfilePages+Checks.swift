internal import ReelModel

extension ProfilePages {
    static func checks(of profile: Profile, _ paint: Paint) -> [String] {
        if profile.checks.isEmpty { return [] }
        let checks = profile.checks.sorted { $0.key < $1.key }
        let width = checks.map(\.key.count).max() ?? 0
        var lines = ["", "Checks (`reelgate explain NAME` tells what their thresholds bound)"]
        for (rule, check) in checks {
            let thresholds = check.thresholds.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.plain)" }
            let words = [check.severity?.rawValue ?? "off"] + thresholds
            lines.append(
                "  " + rule + String(repeating: " ", count: width - rule.count + 2) + words.joined(separator: ", ")
                    + paint("  (\(check.source))", .quiet))
            if let note = check.note { lines.append(String(repeating: " ", count: width + 4) + paint(note, .quiet)) }
        }
        return lines
    }

    static func json(_ check: Check) -> JSON {
        [
            "severity": .string(check.severity?.rawValue ?? "off"),
            "thresholds": .object(
                check.thresholds.sorted { $0.key < $1.key }.map { .init($0.key, JSON($0.value)) }),
            "source": .string(check.source), "note": .text(check.note),
        ]
    }
}

extension Double {
    /// Without a fraction where it has none.
    fileprivate var plain: String {
        self == rounded() && abs(self) < 1e9 ? "\(Int(self))" : "\(self)"
    }
}
