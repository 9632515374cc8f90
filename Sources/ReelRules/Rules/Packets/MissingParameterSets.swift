internal import ReelModel

/// Pictures that refer to what is not there.
enum MissingParameterSets: Rule {
    static let page = RulePage(
        id: "missing-parameter-sets", group: .packets,
        summary: "Pictures refer to parameter sets that the file does not hold before them.",
        why: "Parameter sets tell a decoder of H.264 or HEVC what size and kind the pictures are. Without them nothing "
            + "can be decoded, though container and packets look whole.",
        fix: "Render it again, or remux it with a tool that keeps the parameter sets.", depth: .packets,
        yieldsTo: ["encrypted", "truncated"],
        examples: [
            Example("every set is there", .passes, .alone(.packetsExample(.mp4))),
            Example("sound alone", .passes, .alone(.packetsExample(.mp3))),
            Example(
                "pictures without them", .fires,
                .alone(.packetsExample(.mp4) { $0.editPackets(0) { $0.parameterSetsPresent = .known(false) } })),
            Example("the packets were not read", .notEvaluated, .alone(.example(.mp4) { $0.depth = .packets })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        Packets.judgeStreams(subject) { stream, isPicture in
            guard isPicture, stream.parameterSetsPresent.value == false else { return .passed }
            return Packets.found(
                Self.self, .reject, "Pictures refer to parameter sets that are not there", measured: false,
                allowed: ["equal": true], unit: nil, stream: stream.index, span: nil)
        }
    }
}

/// What the rules of this folder do alike.
enum Packets {
    static let nothing = "the packets were not read"

    /// Judges the structure's faults of one kind.
    static func judge(
        _ subject: Subject, _ kind: StructureFault.Kind, _ judge: ([StructureFault]) -> Judgement
    ) -> Judgement {
        let facts = subject.facts
        guard facts.image == nil else { return .notApplicable }
        guard facts.packets != nil else { return .notEvaluated(nothing) }
        guard let faults = facts.structureFaults.value else {
            return .notEvaluated(facts.structureFaults.reason ?? nothing)
        }
        let own = faults.filter { $0.kind == kind }
        return own.isEmpty ? .passed : judge(own)
    }

    /// Judges each stream of picture or sound.
    static func judgeStreams(
        _ subject: Subject, _ judge: (_ stream: PacketFacts, _ isPicture: Bool) -> Judgement
    ) -> Judgement {
        let facts = subject.facts
        guard facts.image == nil else { return .notApplicable }
        guard let packets = facts.packets else { return .notEvaluated(nothing) }
        let pictures = (facts.video.value ?? []).filter { !$0.attachedPicture }.map(\.index)
        let sounds = (facts.audio.value ?? []).map(\.index)
        return .joined(
            packets.filter { pictures.contains($0.index) || sounds.contains($0.index) }
                .map { judge($0, pictures.contains($0.index)) })
    }

    /// Where a stream begins and ends: as decoded, else by its packets.
    static func span(of stream: Int, in facts: Facts) -> TimeRange? {
        facts.measured?.stream(stream)?.span ?? facts.packets(of: stream)?.span
    }

    /// Whether the decoder stumbled before it gave the first of a stream, which by its packets begins with another one:
    /// that is decode-error's to tell.
    static func lostBeginning(
        of stream: Int, behind other: Int, within most: Double, in facts: Facts
    ) -> Bool {
        guard let measured = facts.measured, let start = measured.stream(stream)?.span?.start,
            let own = facts.packets(of: stream)?.span, let its = facts.packets(of: other)?.span
        else { return false }
        return own.start - its.start <= most
            && measured.faults.contains { $0.stream == stream && ($0.time ?? 0) <= start }
    }

    static func span(_ faults: [StructureFault]) -> TimeRange? {
        let times = faults.compactMap(\.time)
        return times.min().flatMap { first in times.max().map { TimeRange(start: first, end: $0) } }
    }

    static func found(
        _ rule: any Rule.Type, _ severity: Severity, _ message: String, measured: JSON, allowed: JSON, unit: String?,
        stream: Int?, span: TimeRange?
    ) -> Judgement {
        let page = rule.page
        return .found([
            Finding(
                rule: page.id, severity: severity, message: message, measured: measured, allowed: allowed, unit: unit,
                stream: stream, span: span, fix: page.fix)
        ])
    }
}
