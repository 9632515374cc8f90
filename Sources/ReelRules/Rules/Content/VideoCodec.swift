internal import ReelModel

/// The picture is coded in another way than it may be, or than was ordered.
enum VideoCodec: Rule {
    static let page = RulePage(
        id: "video-codec", group: .content,
        summary: "The video codec is not one that the destination takes, or not the one that was ordered.",
        why: "A file with the right name and the wrong codec plays on the machine that made it and nowhere else.",
        fix: .fit("Encode the picture anew"), depth: .header, yieldsTo: ["video-missing"],
        examples: [
            Example("H.264 where H.264 is taken", .passes, .delivery(.example(.mp4))),
            Example("H.264 as ordered", .passes, .ordered(Expectation(codec: "H.264"), .example(.mp4))),
            Example(
                "HEVC where H.264 is taken", .fires,
                .delivery(.example(.mp4) { $0.editVideo { $0.codec = .known("hevc") } })),
            Example(
                "MPEG-4 Part 2 where H.264 was ordered", .fires,
                .ordered(
                    Expectation(codec: "h264"), .example(.mp4) { $0.editVideo { $0.codec = .known("mpeg4") } })),
            Example(
                "a codec that nobody knows", .notEvaluated,
                .delivery(.example(.mp4) { $0.editVideo { $0.codec = .unknown("no such sample entry is known") } })),
        ])

    static let limits: [LimitKind] = [LimitKey.videoCodecs.kind]

    static func applies(to standard: Standard) -> Bool {
        standard.profile?.videoCodecs != nil || standard.order?.codec != nil
    }

    static func judge(_ subject: Subject) -> Judgement {
        guard let streams = subject.facts.video.value else {
            return .notEvaluated(subject.facts.video.reason ?? Facts.notRead)
        }
        return .joined(streams.filter { !$0.attachedPicture }.map { judge($0, subject.standard) })
    }

    private static func judge(_ video: VideoFacts, _ standard: Standard) -> Judgement {
        guard let codec = video.codec.value else { return .notEvaluated(video.codec.reason ?? Facts.notInHeader) }
        switch standard {
        case .soundness: return .notApplicable
        case .profile(let profile):
            guard let limit = profile.videoCodecs else { return .notApplicable }
            if limit.value.contains(codec) { return .passed }
            let finding = broken(
                limit, of: profile,
                "The picture is \(codec); \(profile.title) takes \(limit.value.joined(separator: ", "))",
                measured: .string(codec), allowed: ["anyOf": .array(limit.value.map(JSON.string))], stream: video.index)
            return .found([finding])
        case .order(let order):
            guard let asked = order.codec else { return .notApplicable }
            if CodecName.short(asked) == codec { return .passed }
            return refused(
                "\(asked) was ordered, the picture is \(codec)", measured: .string(codec),
                allowed: ["equal": .string(CodecName.short(asked))], stream: video.index)
        }
    }
}
