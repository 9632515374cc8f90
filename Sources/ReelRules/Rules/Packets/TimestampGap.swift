internal import ReelModel

/// The time line has a hole.
enum TimestampGap: Rule {
    static let page = RulePage(
        id: "timestamp-gap", group: .packets, summary: "For a while nothing is presented though the stream goes on.",
        why:
            "Sound falls silent or, in players that close the gap, runs ahead of the picture from there on; the picture "
            + "stands still. Pictures that follow one another unevenly are common in recordings of a screen, so their gaps "
            + "are only noted.",
        fix: .fit("Encode it again at a constant frame rate"), depth: .packets,
        yieldsTo: ["truncated", "samples-outside-file", "zeroed-range", "broken-framing"],
        examples: [
            Example("one after another", .passes, .alone(.packetsExample(.mp4))),
            Example(
                "half a second without sound", .fires,
                .alone(
                    .packetsExample(.mp4) {
                        $0.editPackets(1) {
                            $0.gaps = [TimeRange(start: 3, end: 3.5)]
                            $0.gapCount = 1
                        }
                    })),
            Example("the packets were not read", .notEvaluated, .alone(.example(.mp4) { $0.depth = .packets })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        Packets.judgeStreams(subject) { stream, isPicture in
            guard stream.gapCount > 0 else { return .passed }
            let longest = stream.gaps.map(\.duration).max() ?? 0
            let what = isPicture ? "no picture is due" : "there is no sound"
            let times = stream.gapCount == 1 ? "once" : "\(stream.gapCount) times"
            return Packets.found(
                Self.self, isPicture ? .note : .risk,
                "For up to \(Figure.seconds(longest)) \(what), \(times)", measured: JSON(longest),
                allowed: ["max": 0.1], unit: "seconds", stream: stream.index, span: stream.gaps.first)
        }
    }
}
