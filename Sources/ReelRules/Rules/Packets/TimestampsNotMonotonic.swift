internal import ReelModel

/// Times of decoding that stand still or go back.
enum TimestampsNotMonotonic: Rule {
    static let page = RulePage(
        id: "timestamps-not-monotonic", group: .packets,
        summary: "The times at which packets are to be decoded stand still or go back.",
        why: "Muxers refuse such packets or move them, and players drop them: a service that remuxes the file loses "
            + "pictures, or fails.",
        fix: .fit("Copy it into a new MP4, or encode it again"), depth: .packets,
        yieldsTo: ["truncated", "broken-framing"],
        examples: [
            Example("each later than the one before", .passes, .alone(.packetsExample(.mp4))),
            Example(
                "two that go back", .fires,
                .alone(
                    .packetsExample(.mp4) {
                        $0.editPackets(0) {
                            $0.nonMonotonic = [3.2, 7.4]
                            $0.nonMonotonicCount = 2
                        }
                    })),
            Example("the packets were not read", .notEvaluated, .alone(.example(.mp4) { $0.depth = .packets })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        Packets.judgeStreams(subject) { stream, _ in
            guard stream.nonMonotonicCount > 0 else { return .passed }
            let place = stream.nonMonotonic.first.map { ", the first at \(Figure.seconds($0))" } ?? ""
            return Packets.found(
                Self.self, .risk,
                "The time of decoding does not grow at \(stream.nonMonotonicCount) "
                    + "packet\(stream.nonMonotonicCount == 1 ? "" : "s")\(place)",
                measured: JSON(stream.nonMonotonicCount), allowed: ["max": 0], unit: "packets", stream: stream.index,
                span: stream.nonMonotonic.first.map { TimeRange(start: $0, end: $0) })
        }
    }
}
