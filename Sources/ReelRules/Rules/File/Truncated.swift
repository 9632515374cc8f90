internal import ReelModel

/// The file ends before its own structure does.
enum Truncated: Rule {
    static let page = RulePage(
        id: "truncated", group: .file, summary: "The file ends before its own structure says it should.",
        why: "A transfer that broke off leaves a file that begins well: it plays, then stops or freezes, and services "
            + "fail on it late. Types whose structure promises no length cannot be judged.",
        fix: "Get the file again: what is missing cannot be mended.", depth: .header, yieldsTo: ["empty-file"],
        examples: [
            Example("every byte is there", .passes, .alone(.example(.mp4))),
            Example("an MP3, whose structure promises no length", .passes, .alone(.example(.mp3))),
            Example(
                "the last 1000 bytes are missing", .fires, .alone(.example(.mp4) { $0.missingBytes = .known(1000) })),
            Example(
                "an MP3 whose last frame is cut, which players leave out", .fires,
                .alone(.example(.mp3) { $0.missingBytes = .known(119) })),
            Example(
                "a JPEG of which only the end mark is missing, which readers do without", .fires,
                .alone(
                    .example(.jpg) {
                        $0.missingBytes = .known(2)
                        $0.structureFaults = .known([StructureFault(.missingEnd, "Only the end mark is missing")])
                    })),
            Example(
                "fragments that say nothing of the last one", .passes,
                .alone(
                    .example(.mp4) {
                        $0.fragmented = .known(true)
                        $0.missingBytes = .unknown("its fragments do not say which is the last")
                    })),
            Example(
                "an MP4 whose boxes could not be followed", .notEvaluated,
                .alone(.example(.mp4) { $0.missingBytes = .unknown("the boxes could not be followed") })),
        ])

    /// Types whose structure always says where the file ends.
    private static let promising: Set<FileType> = [.mp4, .m4v, .mov, .threeGP, .m4a, .jpg, .png, .gif, .webp]

    /// Bytes of the longest frame: MPEG audio of layer II at 160 kbit/s and 8 kHz (ISO/IEC 11172-3, 2.4.3.1, with the low
    /// rates' 1152 samples), ADTS by the 13 bits of its length (ISO/IEC 14496-3, 1.A.3.2). An MP3's own header counts
    /// all its bytes, and what it lacks beyond a frame is no frame's end.
    private static let longestFrame: [FileType: Int64] = [.mp3: 2881, .aac: 8191]

    /// Sound in frames may end within one, as radio recordings do: a fraction of a second that players leave out.
    private static func severity(_ missing: Int64, in facts: Facts) -> Severity {
        if facts.lackedEndMark != nil { return .risk }
        return missing <= facts.type.value.flatMap { longestFrame[$0] } ?? 0 ? .risk : .reject
    }

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        switch subject.facts.missingBytes {
        case .known(let missing) where missing > 0:
            return .found([
                own(
                    severity(missing, in: subject.facts),
                    subject.facts.lackedEndMark?.detail
                        ?? "The file ends \(Figure.grouped(missing)) byte\(missing == 1 ? "" : "s") too early",
                    measured: JSON(missing), allowed: ["max": 0], unit: "bytes")
            ])
        case .known: return .passed
        case .unknown(let why):
            guard let type = subject.facts.type.value, promising.contains(type) else { return .notApplicable }
            // Whole fragments may be followed by more, or not (ISO/IEC 14496-12, 8.8): broken ones are told as faults.
            if subject.facts.isOpenEnded { return .notApplicable }
            return .notEvaluated(why)
        }
    }
}

extension Facts {
    /// The mark that ends a JPEG, where it alone is missing behind a whole picture. Where the mark of a GIF is missing,
    /// so may be further pictures.
    var lackedEndMark: StructureFault? {
        guard type.value == .jpg else { return nil }
        return structureFaults.value?.first { $0.kind == .missingEnd }
    }

    /// Whether it is made of fragments, each whole as far as is known.
    fileprivate var isOpenEnded: Bool {
        fragmented.value == true && structureFaults.value?.contains { $0.kind == .impossibleSize } == false
    }
}
