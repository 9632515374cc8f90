internal import ReelModel

/// The film uses what its profile does not have.
enum ProfileExceeded: CheckRule {
    static let page = RulePage(
        id: "profile-exceeded", group: .stream,
        summary: "The pictures are coded in ways that the stated profile of H.264 lacks.",
        why: "A decoder that has only the stated profile cannot show them. Baseline has no bidirectional pictures, no "
            + "fields and no arithmetic coding (ITU-T H.264, A.2.1); only the profiles with \"High 10\" and above have "
            + "more than 8 bits, those with \"4:2:2\" and \"4:4:4\" more than a quarter of the colour.",
        fix: "Encode it again and let the encoder choose the profile.", depth: .packets,
        yieldsTo: ["encrypted", "missing-parameter-sets"],
        examples: [
            Example("High with bidirectional pictures", .passes, subject("High") { _ in }),
            Example("Constrained Baseline with neither", .passes, subject("Constrained Baseline", simply)),
            Example(
                "Constrained Baseline with bidirectional pictures", .fires, subject("Constrained Baseline") { _ in }),
            Example(
                "Main with 10 bits", .fires,
                .checked(
                    "profile-exceeded", severity: .risk,
                    .packetsExample(.mp4) {
                        $0.editVideo { video in
                            video.profile = .known("Main")
                            video.bitDepth = .known(10)
                        }
                    })),
            Example(
                "pictures that were not read", .notEvaluated,
                .checked(
                    "profile-exceeded", severity: .risk,
                    .packetsExample(.mp4) {
                        $0.editVideo { $0.profile = .known("Baseline") }
                        $0.editPackets(0) { $0.pictures = .unknown(PacketFacts.notRead) }
                    })),
        ])

    private static func simply(_ kinds: inout PacketFacts.PictureKinds) {
        kinds.bidirectional = 0
        kinds.arithmetic = false
    }

    private static func subject(
        _ profile: String, _ edit: (inout PacketFacts.PictureKinds) -> Void
    ) -> Subject {
        .checked(
            "profile-exceeded", severity: .risk,
            .packetsExample(.mp4) { facts in
                facts.editVideo { $0.profile = .known(profile) }
                facts.editPackets(0) { stream in
                    stream.pictures = stream.pictures.map { kinds in
                        var kinds = kinds
                        edit(&kinds)
                        return kinds
                    }
                }
            })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        guard let video = facts.mainVideo, video.codec.value == "h264" else { return .notApplicable }
        guard let profile = video.profile.value else { return .notEvaluated(video.profile.reason ?? Facts.notInHeader) }
        var uses: [String] = []
        if ["Baseline", "Constrained Baseline"].contains(profile) {
            guard let packets = facts.packets(of: video.index) else { return .notEvaluated(Packets.nothing) }
            guard let kinds = packets.pictures.value else {
                return .notEvaluated(packets.pictures.reason ?? Packets.nothing)
            }
            if kinds.bidirectional > 0 { uses.append("\(kinds.bidirectional) bidirectional pictures") }
            if kinds.fields > 0 { uses.append("\(kinds.fields) fields") }
            if kinds.arithmetic { uses.append("arithmetic coding") }
        }
        let hasDepth = profile.hasPrefix("High 1") || profile.hasPrefix("High 4") || profile.hasPrefix("CAVLC")
        if let depth = video.bitDepth.value, depth > 8, !hasDepth { uses.append("\(depth) bits a sample") }
        if uses.isEmpty { return .passed }
        return .found([
            found(
                check, "It states \(profile), and uses \(uses.joined(separator: ", "))",
                measured: .array(uses.map(JSON.string)), allowed: ["max": .string(profile)], stream: video.index)
        ])
    }
}
