public import ReelModel

/// The JSON Schema (draft 2020-12) of a profile, for editors: made from the kinds of limits, so that it has each of
/// them. YAML is read as the JSON that it stands for.
public enum ProfileSchema {
    public static var json: JSON {
        let limits = LimitKind.all.map { JSON.Member($0.name, steps(of: $0)) }
        let text: JSON = ["type": "string", "minLength": 1]
        return [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": "https://reelgate.invalid/schema/reelgate.profile-1.schema.json", "title": "reelgate.profile/1",
            "description": "What a destination accepts. A limit that is absent is not known to exist.",
            "type": "object", "required": ["name"],
            "anyOf": [["required": ["extends"]], ["required": ["title", "use", "summary"]]],
            "additionalProperties": false,
            "properties": [
                "name": text, "title": text, "summary": text, "extends": text, "platform": text, "surface": text,
                "use": words(Profile.Use.self), "media": words(Profile.Medium.self),
                "confidence": words(Profile.Confidence.self), "as_of": text,
                "shelf_life": ["type": "integer", "minimum": 0, "description": "days after as_of"],
                "notes": ["type": "array", "items": text, "minItems": 1],
                "sources": ["type": "object", "additionalProperties": ["$ref": "#/$defs/source"]],
                "limits": ["$ref": "#/$defs/limits"],
                "choices": ["type": "object", "additionalProperties": ["$ref": "#/$defs/limits"]],
                "checks": ["type": "object", "additionalProperties": ["type": "object"]],
                "envelope_bytes": ["type": "integer", "minimum": 0],
            ],
            "$defs": [
                "limits": ["type": "object", "additionalProperties": false, "properties": .object(limits)],
                "source": [
                    "type": "object", "required": ["title", "as_of"], "additionalProperties": false,
                    "properties": [
                        "title": text, "url": text, "as_of": text, "tier": words(Profile.Source.Tier.self),
                    ],
                ],
            ],
        ]
    }

    private static func words<Choice: RawRepresentable & CaseIterable>(_: Choice.Type) -> JSON
    where Choice.RawValue == String {
        ["enum": .array(Choice.allCases.map { .string($0.rawValue) })]
    }

    /// One limit, several steps of it, or nothing, which takes away what was inherited.
    private static func steps(of kind: LimitKind) -> JSON {
        let unit = kind.unit.map { ", in \($0)" } ?? ""
        return [
            "description": .string(kind.summary + unit),
            "anyOf": [limit(of: kind), ["type": "array", "minItems": 1, "items": limit(of: kind)], ["type": "null"]],
        ]
    }

    private static func limit(of kind: LimitKind) -> JSON {
        let text: JSON = ["type": "string", "minLength": 1]
        return [
            "type": "object", "required": ["value", "strength", "source"], "additionalProperties": false,
            "properties": [
                "value": value(of: kind.shape), "strength": words(LimitStrength.self),
                "effect": words(LimitEffect.self), "code": text, "error": text, "source": text,
                "also": ["anyOf": [text, ["type": "array", "items": text, "minItems": 1]]], "unit": text,
                "note": text,
            ],
        ]
    }

    private static func value(of shape: LimitFigure.Shape) -> JSON {
        let number: JSON = ["type": "number", "minimum": 0]
        let scalar: JSON = ["type": ["string", "number"]]
        return switch shape {
        case .whole: ["type": "integer", "minimum": 0]
        case .number: number
        case .flag: ["type": "boolean"]
        case .text: ["type": "string", "minLength": 1]
        case .texts: ["type": "array", "items": ["type": ["string", "number"]], "minItems": 1]
        case .numbers: ["anyOf": [number, ["type": "array", "items": number, "minItems": 1]]]
        case .table:
            [
                "type": "object", "minProperties": 1,
                "additionalProperties": ["anyOf": [scalar, ["type": "array", "items": scalar, "minItems": 1]]],
            ]
        }
    }
}
