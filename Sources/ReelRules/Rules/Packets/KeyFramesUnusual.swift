internal import ReelModel

/// Its key frames are closer, or farther apart, than the destination advises.
enum KeyFramesUnusual: Rule {
    static let page = RulePage(
        id: "key-frames-unusual", group: .packets,
        summary: "Key frames are closer together, or farther apart, than the destination advises.",
        why:
            "Few key frames make it slow to begin anywhere but at the start, many cost bytes. The header does not tell it: every"
            + "packet has to be read.",
        fix: "Choose the advised interval, if you encode anyway.", depth: .packets,
        yieldsTo: ["video-missing", "wrong-medium"],
        examples: [
            Example(
                "every 2 s where 2 to 5 are advised", .passes,
                .publish(.maxGOP, 5, strength: .recommended, .packetsExample(.mp4))),
            Example(
                "every 2 s where 0.5 is advised", .fires,
                .publish(.maxGOP, 0.5, strength: .recommended, .packetsExample(.mp4))),
            Example(
                "no reordering where two B pictures are advised", .passes,
                .publish(
                    .maxBFrames, 2, strength: .recommended,
                    .packetsExample(.mp4) { $0.editVideo { $0.reorderFrames = .known(0) } })),
            Example(
                "a film without a key frame", .notEvaluated,
                .publish(
                    .maxGOP, 5, strength: .recommended,
                    .packetsExample(.mp4) {
                        $0.editPackets(0) { $0.keyFrameIntervals = .unknown("there is no key frame") }
                    })),
        ])

    static let limits: [LimitKind] = [LimitKey.minGOP.kind, LimitKey.maxGOP.kind, LimitKey.maxBFrames.kind]

    static func judge(_ subject: Subject) -> Judgement {
        judgeFilm(subject) { video, profile in
            guard let packets = subject.facts.packets(of: video.index) else {
                return .notEvaluated("its packets were not read")
            }
            // A film that ends within its first group says nothing of the interval that was chosen.
            let usual = packets.keyFrameIntervals.map { $0.longest }
            let isOneGroup = packets.keyFrames <= 1
            let reorder = video.reorderFrames.flatMap { count in
                count == 0 ? Known<Int>.known(0) : .unknown("how many B pictures follow one another is not counted")
            }
            return .joined([
                holdAtMost(.maxGOP, of: profile, usual, stream: video.index) {
                    "Key frames are up to \(Figure.seconds($0)) apart; \(profile.title) advises \(Figure.seconds($1)) at most"
                },
                isOneGroup
                    ? .notApplicable
                    : holdAtLeast(.minGOP, of: profile, packets.keyFrameIntervals.map { $0.mean }, stream: video.index)
                    {
                        "Key frames are \(Figure.seconds($0)) apart on average; \(profile.title) advises \(Figure.seconds($1)) at least"
                    },
                holdAtMost(.maxBFrames, of: profile, reorder, stream: video.index) {
                    "\($0) B pictures follow one another; \(profile.title) advises \($1) at most"
                },
            ])
        }
    }
}
