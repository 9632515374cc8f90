internal import ReelModel

/// The index stands after the media.
enum IndexLast: Rule {
    static let page = RulePage(
        id: "index-last", group: .file, summary: "The index stands at the file's end, after the media.",
        why: "A player on the web has to fetch the whole file before it can show the first picture; some services "
            + "want the index first (ISO/IEC 14496-12 allows both).",
        fix: .fit("Move the index to the front; nothing is encoded anew"), depth: .header,
        examples: [
            Example("index first", .passes, .delivery(.example(.mp4))),
            Example("index last", .fires, .delivery(.example(.mp4) { $0.fastStart = .known(false) })),
            Example(
                "an MP4 whose index was not found", .notEvaluated,
                .delivery(.example(.mp4) { $0.fastStart = .unknown("no index was found") })),
        ])

    static let limits: [LimitKind] = [LimitKey.indexFirst.kind]

    static func applies(to standard: Standard) -> Bool { standard.profile?.indexFirst?.value == true }

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile, let limit = profile.indexFirst, limit.value,
            let type = subject.facts.type.value, [.mp4, .m4v, .mov, .threeGP, .m4a].contains(type)
        else { return .notApplicable }
        switch subject.facts.fastStart {
        case .known(true): return .passed
        case .known(false):
            let finding = broken(
                limit, of: profile, "The index stands after the media", measured: "last", allowed: ["equal": "first"])
            return .found([finding])
        case .unknown(let why): return .notEvaluated(why)
        }
    }
}
