internal import ReelModel

/// A rule that judges the places where a file's structure contradicts itself, those of some kinds. What it says is the
/// first place's own sentence.
protocol FaultRule: Rule {
    static var kinds: Set<StructureFault.Kind> { get }
    /// How bad such a place is in a file of that type.
    static func severity(in facts: Facts) -> Severity
}

extension FaultRule {
    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        // Where the structure was not followed, other rules say so: of what nobody looked at nothing can be held.
        guard let all = subject.facts.structureFaults.value else { return .notApplicable }
        let faults = all.filter { kinds.contains($0.kind) }
        guard let first = faults.first else { return .passed }
        let place =
            first.offset.map { first.detail.contains("yte \($0) ") ? "" : ", at byte \(Figure.grouped($0))" } ?? ""
        let sentence = first.detail.prefix(1).uppercased() + first.detail.dropFirst()
        let more = faults.count - 1
        let others = more == 0 ? "" : ", and \(more) more such place\(more == 1 ? "" : "s")"
        return .found([
            own(
                severity(in: subject.facts), sentence + place + others, measured: JSON(faults.count),
                allowed: ["max": 0], unit: "places", stream: first.stream,
                span: first.time.map { TimeRange(start: $0, end: $0) })
        ])
    }
}

extension Facts {
    /// What stands before the file's own first byte, where a reader found the file behind it.
    var bytesBefore: StructureFault? {
        structureFaults.value?.first { $0.kind == .strayBytes && $0.offset == 0 }
    }

    /// Whether it is built of boxes, so that nothing in it can be found without its index (ISO/IEC 14496-12, 8.2.1).
    var isISOBMFF: Bool {
        type.value.map { [.mp4, .m4v, .mov, .threeGP, .m4a, .heic, .avif].contains($0) } ?? false
    }
}
