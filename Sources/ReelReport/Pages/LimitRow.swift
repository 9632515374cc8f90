internal import ReelModel

/// One limit of a profile under the name that the profile's file gives it.
struct LimitRow {
    let name: String
    let words: String
    let value: JSON
    let strength: String
    let effect: String?
    let severity: Severity
    let code: String?
    let source: String
    let note: String?

    static func all(of profile: Profile) -> [LimitRow] {
        let texts: ([String]) -> JSON = { .array($0.map(JSON.string)) }
        let list: ([String]) -> String = { $0.joined(separator: ", ") }
        let pixels: (Int) -> String = { "\(Figure.grouped(Int64($0))) pixels" }
        let yes: (Bool) -> String = { $0 ? "yes" : "no" }
        return [
            row("types", profile.types, list, texts),
            row("extensions", profile.extensions, list, texts),
            row("preferred_types", profile.preferredTypes, list, texts),
            row("max_bytes", profile.maxBytes, { "\(Figure.grouped($0)) bytes" }, { JSON($0) }),
            row("video_codecs", profile.videoCodecs, list, texts),
            row("audio_codecs", profile.audioCodecs, list, texts),
            row("max_long_side", profile.maxLongSide, pixels, { JSON($0) }),
            row("max_short_side", profile.maxShortSide, pixels, { JSON($0) }),
            row("min_duration", profile.minDuration, Figure.seconds, { JSON($0) }),
            row("max_duration", profile.maxDuration, Figure.seconds, { JSON($0) }),
            row("index_first", profile.indexFirst, yes, { .bool($0) }),
            row("video_required", profile.videoRequired, yes, { .bool($0) }),
        ].compactMap { $0 }
    }

    private static func row<Value>(
        _ name: String, _ limit: Limit<Value>?, _ words: (Value) -> String, _ value: (Value) -> JSON
    ) -> LimitRow? {
        limit.map {
            LimitRow(
                name: name, words: words($0.value), value: value($0.value), strength: $0.strength.rawValue,
                effect: $0.effect?.rawValue, severity: $0.severity, code: $0.code, source: $0.source, note: $0.note)
        }
    }

    var json: JSON {
        [
            "value": value, "strength": .string(strength), "effect": .text(effect),
            "severity": .string(severity.rawValue), "code": .text(code), "source": .string(source),
            "note": .text(note),
        ]
    }
}
