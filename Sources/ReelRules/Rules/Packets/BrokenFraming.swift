internal import ReelModel

/// Packets that are not put together as their codec says.
enum BrokenFraming: Rule {
    static let page = RulePage(
        id: "broken-framing", group: .packets,
        summary: "Coded pictures or blocks of sound are not put together as their codec says.",
        why:
            "Units that do not add up to their packet, headers with values that cannot be, pictures numbered with a gap: "
            + "bytes were changed or lost since the file was made. Decoders skip or patch such pictures, and what refers "
            + "to them.",
        fix: "Get the file again, or render it again.", depth: .packets,
        yieldsTo: ["encrypted", "zeroed-range", "truncated", "samples-outside-file"],
        examples: [
            Example("every packet can be followed", .passes, .alone(.packetsExample(.mp4))),
            Example(
                "a NAL unit longer than its packet", .fires,
                .alone(
                    .packetsExample(.mp4) {
                        $0.structureFaults = .known([
                            StructureFault(
                                .brokenFraming, offset: 700_123, stream: 0, time: 2.4,
                                "A packet cannot be followed: a NAL unit says that it is 90 112 bytes long, 4 096 are left"
                            )
                        ])
                    })),
            Example("the packets were not read", .notEvaluated, .alone(.example(.mp4) { $0.depth = .packets })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        Packets.judge(subject, .brokenFraming) { faults in
            var streams: [Int?] = []
            for fault in faults where !streams.contains(fault.stream) { streams.append(fault.stream) }
            return .joined(streams.map { stream in judge(faults.filter { $0.stream == stream }, of: stream) })
        }
    }

    private static func judge(_ faults: [StructureFault], of stream: Int?) -> Judgement {
        let place = faults.first?.time.map { " at \(Figure.seconds($0))" } ?? ""
        let more = faults.count > 1 ? ", and at \(faults.count - 1) more place\(faults.count == 2 ? "" : "s")" : ""
        return refused(
            (faults.first?.detail ?? "A packet cannot be followed") + place + more, measured: JSON(faults.count),
            allowed: ["max": 0], unit: "places", stream: stream, span: Packets.span(faults))
    }
}
