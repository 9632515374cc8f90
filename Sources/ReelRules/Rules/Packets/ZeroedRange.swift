internal import ReelModel

/// Coded media that somebody's disk or transfer left empty.
enum ZeroedRange: Rule {
    static let page = RulePage(
        id: "zeroed-range", group: .packets, summary: "A stretch of the coded media is nothing but zeros.",
        why: "A copy or download that lost pages leaves holes of zeros in a file of the right length and with a good "
            + "header. No encoder writes 4 KiB of zeros: players show grey, smears or the frame before. Raw and lossless "
            + "media may hold zeros and is not judged.",
        fix: "Get the file again: what is missing cannot be mended.", depth: .packets, yieldsTo: ["encrypted"],
        examples: [
            Example("no zeros", .passes, .alone(.packetsExample(.mp4))),
            Example(
                "64 KiB of zeros at 4.2 s", .fires,
                .alone(
                    .packetsExample(.mp4) {
                        $0.structureFaults = .known([
                            StructureFault(
                                .zeroedRange, offset: 1_200_000, bytes: 65_536, stream: 0, time: 4.2,
                                "65 536 bytes of coded media are zero")
                        ])
                    })),
            Example("the packets were not read", .notEvaluated, .alone(.example(.mp4) { $0.depth = .packets })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        Packets.judge(subject, .zeroedRange) { faults in
            let bytes = faults.reduce(0) { $0 + ($1.bytes ?? 0) }
            let place = faults.first?.time.map { ", the first at \(Figure.seconds($0))" } ?? ""
            return refused(
                "\(Figure.grouped(bytes)) bytes of the coded media are zero, in "
                    + "\(faults.count) place\(faults.count == 1 ? "" : "s")\(place)",
                measured: JSON(bytes), allowed: ["max": 0], unit: "bytes", stream: faults.first?.stream,
                span: Packets.span(faults))
        }
    }
}
