public import ReelModel

/// Profiles for people and programs: what `profiles` prints.
public enum ProfilePages {
    // MARK: One profile

    /// Every limit with its strength, code and source.
    public static func text(_ profile: Profile, style: ReportStyle = ReportStyle()) -> String {
        let paint = Paint(color: style.color)
        var lines = [
            "\(paint(profile.name, .strong))  \(profile.title) (\(profile.use.rawValue))", profile.summary, "",
        ]
        let rows = LimitRow.all(of: profile)
        let width = rows.map(\.name.count).max() ?? 0
        for row in rows {
            let code = row.code.map { ", answered \($0)" } ?? ""
            lines.append(
                "  " + row.name + String(repeating: " ", count: width - row.name.count + 2) + row.words
                    + paint("  (\(row.strength), breaking it: \(row.severity.rawValue)\(code); \(row.source))", .quiet))
            if let note = row.note { lines.append(String(repeating: " ", count: width + 4) + paint(note, .quiet)) }
        }
        lines += checks(of: profile, paint)
        if let envelope = profile.envelopeBytes {
            lines += ["", "  The request adds up to \(Figure.grouped(envelope)) bytes to the file."]
        }
        if let bytes = profile.fileByteLimit {
            lines.append("  The file itself may have \(Figure.grouped(bytes)) bytes.")
        }
        lines += ["", "Sources"]
        for (id, source) in profile.sources.sorted(by: { $0.key < $1.key }) {
            lines.append("  \(id)  \(source.title), \(source.asOf)" + (source.url.map { ", \($0)" } ?? ""))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func checks(of profile: Profile, _ paint: Paint) -> [String] {
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

    private static func json(_ check: Check) -> JSON {
        [
            "severity": .string(check.severity?.rawValue ?? "off"),
            "thresholds": .object(
                check.thresholds.sorted { $0.key < $1.key }.map { .init($0.key, JSON($0.value)) }),
            "source": .string(check.source), "note": .text(check.note),
        ]
    }

    public static func json(_ profile: Profile) -> JSON {
        let sources = profile.sources.sorted { $0.key < $1.key }
        return [
            "name": .string(profile.name), "title": .string(profile.title), "use": .string(profile.use.rawValue),
            "summary": .string(profile.summary),
            "limits": .object(LimitRow.all(of: profile).map { .init($0.name, $0.json) }),
            "checks": .object(profile.checks.sorted { $0.key < $1.key }.map { .init($0.key, json($0.value)) }),
            "envelope_bytes": profile.envelopeBytes.map { JSON($0) } ?? .null,
            "sources": .object(
                sources.map { id, source in
                    .init(
                        id,
                        ["title": .string(source.title), "url": .text(source.url), "as_of": .string(source.asOf)])
                }),
        ]
    }

    // MARK: All profiles

    /// A line for each profile.
    public static func text(_ profiles: [Profile], style: ReportStyle = ReportStyle()) -> String {
        let paint = Paint(color: style.color)
        let width = profiles.map(\.name.count).max() ?? 0
        return profiles.map { profile in
            paint(profile.name, .strong) + String(repeating: " ", count: width - profile.name.count + 2)
                + profile.summary + "\n"
        }.joined()
    }

    public static func json(_ profiles: [Profile]) -> JSON {
        ["schema": "reelgate.profiles/1", "profiles": .array(profiles.map { json($0) })]
    }
}

extension Double {
    /// Without a fraction where it has none.
    fileprivate var plain: String {
        self == rounded() && abs(self) < 1e9 ? "\(Int(self))" : "\(self)"
    }
}
