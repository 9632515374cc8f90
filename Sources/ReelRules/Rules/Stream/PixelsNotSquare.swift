internal import ReelModel

/// Its pixels are stretched.
enum PixelsNotSquare: CheckRule {
    static let page = RulePage(
        id: "pixels-not-square", group: .stream, summary: "The pixels are not square.",
        why:
            "The picture has to be stretched for display, and what does not know that, as many services and players on "
            + "the web, shows everybody too broad or too thin.",
        fix: .fit("Scale the picture to square pixels"), depth: .header,
        yieldsTo: ["video-missing", "video-codec"],
        examples: [
            Example("square pixels", .passes, subject(.known(Rational(1)))),
            Example("not said, which means square", .passes, subject(.unknown("not tagged"))),
            Example("4:3", .fires, subject(Known(Rational(4, 3), else: ""))),
            Example(
                "streams that were not read", .notEvaluated,
                .checked("pixels-not-square", severity: .risk, .example(.mp4) { $0.video = .unknown("no index") })),
        ])

    private static func subject(_ ratio: Known<Rational>) -> Subject {
        .checked(
            "pixels-not-square", severity: .risk, .example(.mp4) { $0.editVideo { $0.sampleAspectRatio = ratio } })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        if let why = facts.video.reason { return facts.image == nil ? .notEvaluated(why) : .notApplicable }
        guard let video = facts.mainVideo else { return .notApplicable }
        guard let ratio = video.sampleAspectRatio.value, ratio.numerator > 0, ratio.numerator != ratio.denominator
        else { return .passed }
        return .found([
            found(
                check, "A pixel is \(ratio.numerator):\(ratio.denominator)",
                measured: .string("\(ratio.numerator):\(ratio.denominator)"), allowed: ["equal": "1:1"],
                stream: video.index)
        ])
    }
}
