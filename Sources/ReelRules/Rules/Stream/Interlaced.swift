internal import ReelModel

/// It says that it is made of fields.
enum Interlaced: CheckRule {
    static let page = RulePage(
        id: "interlaced", group: .stream, summary: "The film is flagged as interlaced.",
        why: "Screens of today show whole pictures: players have to make them of the fields, many do not, and edges in "
            + "motion turn into combs. Nothing that is rendered for the web should be interlaced.",
        fix: .fit("Deinterlace it"), depth: .header, yieldsTo: ["video-missing", "video-codec"],
        examples: [
            Example("progressive", .passes, subject(.known("progressive"))),
            Example("not said", .passes, subject(.unknown("not tagged"))),
            Example("interlaced", .fires, subject(.known("interlaced"))),
            Example(
                "streams that were not read", .notEvaluated,
                .checked("interlaced", severity: .risk, .example(.mp4) { $0.video = .unknown("no index") })),
        ])

    private static func subject(_ scan: Known<String>) -> Subject {
        .checked("interlaced", severity: .risk, .example(.mp4) { $0.editVideo { $0.scan = scan } })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        if let why = facts.video.reason { return facts.image == nil ? .notEvaluated(why) : .notApplicable }
        guard let video = facts.mainVideo, video.scan.value == "interlaced" else { return .passed }
        return .found([
            found(
                check, "The film is flagged as interlaced", measured: "interlaced", allowed: ["equal": "progressive"],
                stream: video.index)
        ])
    }
}
