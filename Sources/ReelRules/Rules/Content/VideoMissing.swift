internal import ReelModel

/// There has to be a moving picture and there is none.
enum VideoMissing: Rule {
    static let page = RulePage(
        id: "video-missing", group: .content, summary: "There is no video stream where one has to be.",
        why: "A render that lost its picture delivers the sound alone, in a file that plays without complaint.",
        fix: "Render it again.", depth: .header,
        yieldsTo: ["empty-file", "no-media-stream", "type-not-accepted", "wrong-medium"],
        examples: [
            Example("a film", .passes, .delivery(.example(.mp4))),
            Example("sound alone", .fires, .delivery(.example(.mp4) { $0.video = .known([]) })),
            Example(
                "sound alone where 1080x1920 was ordered", .fires,
                .ordered(Expectation(size: Size(width: 1080, height: 1920)), .example(.mp4) { $0.video = .known([]) })),
            Example(
                "streams that were not read", .notEvaluated,
                .delivery(.example(.mp4) { $0.video = .unknown("the index was not read") })),
        ])

    static let limits: [LimitKind] = [LimitKey.videoRequired.kind]

    static func applies(to standard: Standard) -> Bool {
        switch standard {
        case .soundness: false
        case .profile(let profile): profile.videoRequired?.value == true || profile.medium == .video
        case .order(let order): order.codec != nil || order.size != nil
        }
    }

    static func judge(_ subject: Subject) -> Judgement {
        if subject.facts.mainVideo != nil { return .passed }
        if let why = subject.facts.video.reason { return .notEvaluated(why) }
        let message = "There is no video stream"
        guard let profile = subject.standard.profile, let limit = profile.videoRequired else {
            // A place for films that takes no still picture takes no mere sound either.
            var finding = own(.reject, message, measured: 0, allowed: ["min": 1], unit: "streams")
            if let profile = subject.standard.profile {
                finding.profile = profile.name
                finding.source = profile.surface ?? profile.title
                finding.asOf = profile.asOf
            }
            return .found([finding])
        }
        return .found([broken(limit, of: profile, message, measured: 0, allowed: ["min": 1], unit: "streams")])
    }
}
