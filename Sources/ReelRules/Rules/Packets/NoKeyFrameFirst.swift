internal import ReelModel

/// The film begins in the middle of something.
enum NoKeyFrameFirst: Rule {
    static let page = RulePage(
        id: "no-key-frame-first", group: .packets,
        summary: "The first picture is none that decoding can start with.",
        why:
            "A film that was cut without regard to its key frames begins grey, frozen or with nothing, until the next one "
            + "comes. Decoding starts for certain only with an IDR picture of H.264, a picture of random access of HEVC, a "
            + "key frame elsewhere (the idea is that of Telestream's check SC-102, H.264 starts with IDR).",
        fix: .fit("Cut it again at a key frame, or encode it again"), depth: .packets,
        yieldsTo: ["truncated", "zeroed-range", "broken-framing", "missing-parameter-sets"],
        examples: [
            Example("a key frame first", .passes, .alone(.packetsExample(.mp4))),
            Example("sound alone", .passes, .alone(.packetsExample(.mp3))),
            Example(
                "a P picture first", .fires,
                .alone(.packetsExample(.mp4) { $0.editPackets(0) { $0.startsWithKeyFrame = .known(false) } })),
            Example("the packets were not read", .notEvaluated, .alone(.example(.mp4) { $0.depth = .packets })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        Packets.judgeStreams(subject) { stream, isPicture in
            guard isPicture, stream.startsWithKeyFrame.value == false else { return .passed }
            return Packets.found(
                Self.self, stream.keyFrames == 0 ? .reject : .risk,
                stream.keyFrames == 0
                    ? "The first picture needs pictures before it, and no key frame follows"
                    : "The first picture is no key frame that decoding can start with",
                measured: false, allowed: ["equal": true], unit: nil, stream: stream.index, span: nil)
        }
    }
}
