internal import ReelModel

/// The picture has more bits a second than the destination takes.
enum BitRateTooHigh: Rule {
    static let page = RulePage(
        id: "bit-rate-too-high", group: .content,
        summary: "The picture has more bits a second than the destination takes.",
        why:
            "The rate is the average over the whole film. Where every packet was read (depth packets), a fullest second above"
            + "the limit is told too, as a risk: no page says which of the two is meant.",
        fix: .fit("Compress it"), depth: .header, yieldsTo: ["video-missing", "wrong-medium"],
        examples: [
            Example("3 Mb/s where 25 are taken", .passes, .publish(.maxVideoBitRate, 25_000_000, .example(.mp4))),
            Example(
                "30 Mb/s", .fires,
                .publish(
                    .maxVideoBitRate, 25_000_000, .example(.mp4) { $0.editVideo { $0.bitRate = .known(30_000_000) } })),
            Example(
                "3 Mb/s with a second of 40 Mb/s", .fires,
                .publish(
                    .maxVideoBitRate, 25_000_000,
                    .packetsExample(.mp4) { $0.editPackets(0) { $0.peakBitRate = .known(40_000_000) } })),
            Example(
                "a rate that is not known", .notEvaluated,
                .publish(
                    .maxVideoBitRate, 25_000_000,
                    .example(.mkv) {
                        $0.editVideo { $0.bitRate = .unknown(Facts.notInHeader) }
                        $0.bitRate = .known(30_000_000)
                    })),
            Example(
                "a stream whose rate is not known, in a file that has less altogether", .passes,
                .publish(
                    .maxVideoBitRate, 25_000_000,
                    .example(.mkv) { $0.editVideo { $0.bitRate = .unknown(Facts.notInHeader) } })),
        ])

    static let limits: [LimitKind] = [LimitKey.maxVideoBitRate.kind]

    static func judge(_ subject: Subject) -> Judgement {
        judgeFilm(subject) { video, profile in
            let average = subject.facts.bitRate(of: video)
            // What the whole file does not have, one of its streams has not either.
            let most: Known<Int64>
            if average.value == nil, let whole = subject.facts.bitRate.value,
                profile[all: .maxVideoBitRate].allSatisfy({ whole <= $0.value })
            {
                most = .known(whole)
            } else {
                most = average
            }
            let judged = holdAtMost(.maxVideoBitRate, of: profile, most, stream: video.index) {
                "The picture has \(BitRate.words($0)); \(profile.title) takes \(BitRate.words($1))"
            }
            guard case .passed = judged, let peak = subject.facts.packets(of: video.index)?.peakBitRate,
                peak.value != nil
            else {
                return judged
            }
            let fullest = holdAtMost(.maxVideoBitRate, of: profile, peak, stream: video.index) {
                "Its fullest second has \(BitRate.words($0)); \(profile.title) takes \(BitRate.words($1)), and does not say whether on average"
            }
            guard case .found(var findings) = fullest else { return fullest }
            for at in findings.indices { findings[at].severity = min(findings[at].severity, .risk) }
            return .found(findings)
        }
    }
}
