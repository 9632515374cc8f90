public import ReelModel

/// The destinations as a table of Markdown: what the README shows.
public enum DestinationTable {
    public static func markdown(_ profiles: [Profile]) -> String {
        var lines = [
            "| destination | types | bytes | length | picture | known |", "|---|---|---|---|---|---|",
        ]
        for profile in profiles where profile.use == .publish {
            let cells = [
                "`\(profile.name)`", types(profile), bytes(profile), duration(profile), picture(profile),
                [profile.confidence?.rawValue ?? "", profile.asOf ?? ""].joined(separator: ", "),
            ]
            lines.append("| " + cells.joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func types(_ profile: Profile) -> String {
        guard let types = profile.types?.value else { return "–" }
        let shown = types.prefix(5).joined(separator: " ")
        return types.count > 5 ? "\(shown) …" : shown
    }

    private static func bytes(_ profile: Profile) -> String {
        let parts = [
            profile[.minBytes].map { "≥ \(Figure.size($0.value))" },
            profile.maxBytes.map { "≤ \(Figure.size($0.value))" },
        ]
        return joined(parts)
    }

    private static func duration(_ profile: Profile) -> String {
        let parts = [
            profile.minDuration.map { "≥ \(Figure.seconds($0.value))" },
            profile.maxDuration.map { "≤ \(Figure.seconds($0.value))" },
        ]
        return joined(parts)
    }

    private static func picture(_ profile: Profile) -> String {
        let aspects = [
            profile[.aspectMin].map { Figure.decimal($0.value, places: 4) },
            profile[.aspectMax].map { Figure.decimal($0.value, places: 4) },
        ]
        let shape =
            aspects.contains { $0 != nil } ? "shape " + aspects.map { $0 ?? "" }.joined(separator: "–") : nil
        let rates = [profile[.minFPS], profile[.maxFPS]].map { $0.map { Figure.decimal($0.value, places: 2) } }
        let rate = rates.contains { $0 != nil } ? rates.map { $0 ?? "" }.joined(separator: "–") + " fps" : nil
        let smallest = [profile[.minWidth], profile[.minHeight]].map { $0.map { "\($0.value)" } }
        let small = smallest.contains { $0 != nil } ? "≥ " + smallest.map { $0 ?? "" }.joined(separator: "x") : nil
        return joined([profile.videoCodecs?.value.joined(separator: " "), small, shape, rate])
    }

    private static func joined(_ parts: [String?]) -> String {
        let known = parts.compactMap { $0 }
        return known.isEmpty ? "–" : known.joined(separator: ", ")
    }
}
