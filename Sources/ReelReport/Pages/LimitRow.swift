internal import ReelModel

/// One limit of a profile under the name that the profile's file gives it.
struct LimitRow {
    let kind: LimitKind
    let limit: Limit<LimitFigure>

    /// The limits in the order of their kinds; one of several steps after the other.
    static func all(of profile: Profile) -> [LimitRow] {
        profile.limitedKinds.flatMap { kind in profile[all: kind].map { LimitRow(kind: kind, limit: $0) } }
    }

    static func all(of limits: [String: [Limit<LimitFigure>]]) -> [LimitRow] {
        LimitKind.all.flatMap { kind in (limits[kind.name] ?? []).map { LimitRow(kind: kind, limit: $0) } }
    }

    var name: String { kind.name }

    /// The value with its unit.
    var words: String {
        let plain = limit.value.words
        switch kind.unit {
        case "seconds"?: return plain + " s"
        case "hertz"?: return plain + " Hz"
        case "frames a second"?: return plain + " fps"
        case let unit?: return plain + " " + unit
        case nil: return plain
        }
    }

    /// How firm it is, what comes of breaking it, and where it is from.
    var standing: String {
        let breach = kind.scope == .procedure ? "not judged" : "breaking it: \(limit.severity.rawValue)"
        let effect = limit.effect.map { ", \($0.rawValue)" } ?? ""
        let code = limit.code.map { ", answered \($0)" } ?? ""
        let cited = ([limit.source] + limit.also).joined(separator: ", ")
        return "(\(limit.strength.rawValue)\(effect), \(breach)\(code); \(cited))"
    }

    var json: JSON {
        [
            "value": limit.value.json, "unit": .text(kind.unit), "strength": .string(limit.strength.rawValue),
            "effect": .text(limit.effect?.rawValue),
            "severity": kind.scope == .procedure ? .null : .string(limit.severity.rawValue),
            "code": .text(limit.code), "source": .string(limit.source),
            "also": .array(limit.also.map(JSON.string)), "note": .text(limit.note),
        ]
    }

    /// Each kind once; an array of steps where there are several.
    static func json(_ rows: [LimitRow]) -> JSON {
        var members: [JSON.Member] = []
        for row in rows {
            if let last = members.last, last.key == row.name {
                let steps = last.value.elements ?? [last.value]
                members[members.count - 1].value = .array(steps + [row.json])
            } else {
                members.append(.init(row.name, row.json))
            }
        }
        return .object(members)
    }
}
