internal import ReelModel

/// Some groups of pictures lean on the one before.
enum OpenGop: Rule {
    static let page = RulePage(
        id: "open-gop", group: .packets,
        summary: "Some pictures can only be decoded with the group of pictures before their own.",
        why:
            "A service that cuts a film into pieces to code them side by side wants each group to stand by itself. No refusal for"
            + "it is known. The header does not tell it: every packet has to be read.",
        fix: .fit("Code the picture anew with closed groups"), depth: .packets,
        yieldsTo: ["video-missing", "wrong-medium"],
        examples: [
            Example("closed groups", .passes, .publish(.closedGOP, true, .packetsExample(.mp4))),
            Example(
                "open groups", .fires,
                .publish(
                    .closedGOP, true, .packetsExample(.mp4) { $0.editPackets(0) { $0.closedGroups = .known(false) } })),
            Example(
                "a codec whose groups are not read", .notEvaluated,
                .publish(
                    .closedGOP, true,
                    .packetsExample(.mp4) { $0.editPackets(0) { $0.closedGroups = .unknown(PacketFacts.notRead) } })),
        ])

    static let limits: [LimitKind] = [LimitKey.closedGOP.kind]

    static func judge(_ subject: Subject) -> Judgement {
        judgeFilm(subject) { video, profile in
            guard let packets = subject.facts.packets(of: video.index) else {
                return .notEvaluated("its packets were not read")
            }
            return hold(
                .closedGOP, of: profile, packets.closedGroups, stream: video.index, breaks: { !$0 && $1 },
                say: { _, _ in "Some groups of pictures cannot be decoded by themselves" },
                json: { measured, _ in (.bool(measured), ["equal": true]) })
        }
    }
}
