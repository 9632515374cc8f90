internal import ReelModel

/// The picture has fewer bits a second than the destination advises.
enum BitRateUnusual: Rule {
    static let page = RulePage(
        id: "bit-rate-unusual", group: .content,
        summary: "The picture has fewer bits a second than the destination advises for its size.",
        why:
            "The advice is for what is made to be uploaded; what was made with less does not get better by being coded anew.",
        fix: "Export it with the advised rate, if you still can.", depth: .header,
        yieldsTo: ["video-missing", "wrong-medium", "bit-rate-too-low"],
        examples: [
            Example("8 Mb/s where that is advised", .passes, advised(8_000_000)),
            Example("3 Mb/s where 8 are advised", .fires, advised(3_000_000)),
            Example("a rate that is not known", .notEvaluated, advised(nil)),
        ])

    static let limits: [LimitKind] = [
        LimitKey.sdrBitRates.kind, LimitKey.sdrHighRateBitRates.kind, LimitKey.hdrBitRates.kind,
        LimitKey.hdrHighRateBitRates.kind,
    ]

    static func judge(_ subject: Subject) -> Judgement {
        judgeFilm(subject) { video, profile in
            guard let size = video.displaySize.value else {
                return .notEvaluated(video.displaySize.reason ?? Facts.notInHeader)
            }
            guard let rate = subject.facts.frameRate(of: video).value else {
                return .notEvaluated(subject.facts.frameRate(of: video).reason ?? Facts.notInHeader)
            }
            let isHDR = video.color.dynamicRange.value.map { $0 != .sdr } ?? false
            let isQuick = rate.isMore(than: 30)
            let key: LimitKey<LimitTable> =
                isHDR
                ? (isQuick ? .hdrHighRateBitRates : .hdrBitRates) : (isQuick ? .sdrHighRateBitRates : .sdrBitRates)
            return .joined(
                profile[all: key].map { limit in
                    // The lowest of the figures for the largest size that the picture reaches.
                    let steps = limit.value.rows.compactMap { row in Int(row.name.filter(\.isNumber)).map { ($0, row) }
                    }
                    guard let row = steps.filter({ $0.0 <= size.shortSide }).max(by: { $0.0 < $1.0 })?.1,
                        let advised = row.values.compactMap({ Int64($0) }).min()
                    else { return .notApplicable }
                    guard let measured = subject.facts.bitRate(of: video).value else {
                        return .notEvaluated(subject.facts.bitRate(of: video).reason ?? Facts.notInHeader)
                    }
                    if measured >= advised { return .passed }
                    return .found([
                        broken(
                            limit, of: profile,
                            "The picture has \(BitRate.words(measured)); \(profile.title) advises \(BitRate.words(advised)) for \(row.name)",
                            measured: JSON(measured), allowed: ["min": JSON(advised)], unit: key.kind.unit,
                            stream: video.index)
                    ])
                })
        }
    }

    private static func advised(_ bitRate: Int64?) -> Subject {
        .publish(
            .sdrBitRates, LimitTable([.init("1080p", ["8000000"])]), strength: .recommended,
            .example(.mp4) { $0.editVideo { $0.bitRate = Known(bitRate, else: Facts.notInHeader) } })
    }
}
