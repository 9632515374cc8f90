public import ReelModel

/// Profiles for people and programs: what `profiles` prints.
public enum ProfilePages {
    // MARK: One profile

    /// Every limit with its strength, code and source, and what the platform answers.
    public static func text(_ profile: Profile, style: ReportStyle = ReportStyle()) -> String {
        let paint = Paint(color: style.color)
        var lines = [
            "\(paint(profile.name, .strong))  \(profile.title) (\(profile.use.rawValue))", profile.summary,
        ]
        lines += head(profile) + [""]
        let rows = LimitRow.all(of: profile)
        let width = rows.map(\.name.count).max() ?? 0
        lines += rows.flatMap { self.lines($0, width, paint) }
        if let envelope = profile.envelopeBytes {
            lines += ["", "  The request adds up to \(Figure.grouped(envelope)) bytes to the file."]
        }
        if let bytes = profile.fileByteLimit {
            lines.append("  The file itself may have \(Figure.grouped(bytes)) bytes.")
        }
        lines += checks(of: profile, paint)
        for (name, limits) in profile.choices.sorted(by: { $0.key < $1.key }) {
            lines += ["", "As \(profile.name)@\(name)"]
            lines += LimitRow.all(of: limits).flatMap { self.lines($0, width, paint) }
        }
        if !profile.answers.isEmpty {
            lines += ["", "Answers"]
            for answer in profile.answers.values.sorted(by: { $0.id < $1.id }) {
                lines.append("  \(answer.code)  \(answer.gist) (\(answer.when))")
            }
        }
        lines += ["", "Sources"]
        for (id, source) in profile.sources.sorted(by: { $0.key < $1.key }) {
            lines.append(
                "  \(id)  \(source.title), \(source.asOf) (\(tier(source.tier)))"
                    + (source.url.map { ", \($0)" } ?? ""))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func head(_ profile: Profile) -> [String] {
        var lines: [String] = []
        if let surface = profile.surface { lines.append("Through: \(surface).") }
        if let confidence = profile.confidence {
            let date = profile.asOf.map { ", gathered \($0)" } ?? ""
            let shelf = profile.shelfLife.map { ", to be gathered anew after \($0) days" } ?? ""
            lines.append("Confidence: \(confidence.rawValue)\(date)\(shelf).")
        }
        return lines + profile.notes
    }

    private static func lines(_ row: LimitRow, _ width: Int, _ paint: Paint) -> [String] {
        let gap = String(repeating: " ", count: max(width - row.name.count, 0) + 2)
        let line = "  " + row.name + gap + row.words + paint("  \(row.standing)", .quiet)
        guard let note = row.limit.note else { return [line] }
        return [line, String(repeating: " ", count: width + 4) + paint(note, .quiet)]
    }

    private static func tier(_ tier: Profile.Source.Tier) -> String {
        switch tier {
        case .official: "official"
        case .officialReading: "a reading of the official page"
        case .observed: "observed"
        case .thirdParty: "a third party"
        case .user: "said here"
        }
    }

    public static func json(_ profile: Profile) -> JSON {
        let sources = profile.sources.sorted { $0.key < $1.key }
        let answers = profile.answers.values.sorted { $0.id < $1.id }
        return [
            "name": .string(profile.name), "title": .string(profile.title), "use": .string(profile.use.rawValue),
            "summary": .string(profile.summary), "platform": .text(profile.platform),
            "surface": .text(profile.surface), "media": .string(profile.medium.rawValue),
            "confidence": .text(profile.confidence?.rawValue), "as_of": .text(profile.asOf),
            "shelf_life": profile.shelfLife.map { JSON($0) } ?? .null,
            "notes": .array(profile.notes.map(JSON.string)),
            "limits": LimitRow.json(LimitRow.all(of: profile)),
            "choices": .object(
                profile.choices.sorted { $0.key < $1.key }.map {
                    .init($0.key, LimitRow.json(LimitRow.all(of: $0.value)))
                }),
            "checks": .object(profile.checks.sorted { $0.key < $1.key }.map { .init($0.key, json($0.value)) }),
            "envelope_bytes": profile.envelopeBytes.map { JSON($0) } ?? .null,
            "answers": .object(answers.map { .init($0.id, json($0)) }),
            "sources": .object(
                sources.map { id, source in
                    .init(
                        id,
                        [
                            "title": .string(source.title), "url": .text(source.url), "as_of": .string(source.asOf),
                            "tier": .string(source.tier.rawValue),
                        ])
                }),
        ]
    }

    /// What a platform answers, as a value.
    static func json(_ answer: PlatformAnswer) -> JSON {
        [
            "platform": .string(answer.platform), "code": .string(answer.code), "parent": .text(answer.parent),
            "gist": .string(answer.gist), "when": .string(answer.when), "note": .text(answer.note),
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
