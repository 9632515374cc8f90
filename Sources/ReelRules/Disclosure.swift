internal import ReelModel

/// A rule that tells what a file says about its making to whoever receives it. It is never more than a note: no
/// destination refuses a file for it.
protocol Disclosure: Rule {
    static var kinds: [MetadataEntry.Kind] { get }
    /// What is said before the values: "It says where it was made".
    static var opening: String { get }
}

extension Disclosure {
    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        guard let entries = subject.facts.metadata.value else { return .notApplicable }
        let telling = kinds.flatMap { kind in entries.filter { $0.kind == kind } }
        if telling.isEmpty { return .passed }
        var values: [String] = []
        for entry in telling where !values.contains(entry.value) { values.append(entry.value) }
        let more = values.count - shown
        let words = values.prefix(shown).joined(separator: "; ") + (more > 0 ? "; and \(more) more" : "")
        return .found([
            own(
                .note, "\(opening): \(words)",
                measured: .array(telling.map { ["key": .string($0.key), "value": .string($0.value)] }),
                allowed: ["max": 0], unit: "entries")
        ])
    }
}

/// How many values a message names; the report holds them all.
private let shown = 4
