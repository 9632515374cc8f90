internal import ReelModel

/// Groups of pictures lean on the one before.
enum OpenGroups: CheckRule {
    static let page = RulePage(
        id: "open-groups", group: .stream,
        summary: "Some groups of pictures cannot be decoded without the group before them.",
        why: "Cutting, seeking and streaming in pieces begin at key frames; the pictures around an open one are broken "
            + "then. Players and editors mostly cope.",
        fix: "Encode it with closed groups of pictures.", depth: .packets,
        yieldsTo: ["encrypted", "no-key-frame-first"],
        examples: [
            Example("closed groups", .passes, subject(.known(true))),
            Example("an open group", .fires, subject(.known(false))),
            Example("a stream that does not tell", .notEvaluated, subject(.unknown("the pictures have no times"))),
        ])

    private static func subject(_ closed: Known<Bool>) -> Subject {
        .checked(
            "open-groups", severity: .note, .packetsExample(.mp4) { $0.editPackets(0) { $0.closedGroups = closed } })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        guard facts.image == nil, let video = facts.mainVideo else { return .notApplicable }
        guard let packets = facts.packets(of: video.index) else { return .notEvaluated(Packets.nothing) }
        switch packets.closedGroups {
        case .known(true): return .passed
        case .known(false):
            return .found([
                found(
                    check, "Some groups of pictures need the one before", measured: false, allowed: ["equal": true],
                    stream: video.index)
            ])
        case .unknown(let why):
            // Of codecs whose groups are not followed nothing is asked, nor of a stream that nothing came of.
            return packets.packets == 0 || why == PacketFacts.notRead ? .notApplicable : .notEvaluated(why)
        }
    }
}
