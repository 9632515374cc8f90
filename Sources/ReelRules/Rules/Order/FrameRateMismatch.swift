internal import ReelModel

/// Its frames follow one another at another rate than was ordered.
enum FrameRateMismatch: Rule {
    static let page = RulePage(
        id: "frame-rate-mismatch", group: .order, summary: "The frame rate is not the one that was ordered.",
        why:
            "A film that is cut together with others at another rate stutters, and a renderer that fell back to a lower "
            + "one delivers fewer pictures than were paid for. 29.97 is not 30: the difference adds up to a frame in "
            + "half a minute.",
        fix: "Render it again at the ordered rate.", depth: .header, yieldsTo: ["video-missing", "picture-missing"],
        examples: [
            Example("30 as ordered", .passes, .ordered(Expectation(frameRate: 30), .example(.mp4))),
            Example("30000/1001 where 29.97 was ordered", .passes, .ordered(Expectation(frameRate: 29.97), ntsc)),
            Example("30000/1001 where 30 was ordered", .fires, .ordered(Expectation(frameRate: 30), ntsc)),
            Example("30 where 60 was ordered", .fires, .ordered(Expectation(frameRate: 60), .example(.mp4))),
            Example(
                "a rate that is not known", .notEvaluated,
                .ordered(
                    Expectation(frameRate: 30),
                    .example(.mp4) { $0.editVideo { $0.frameRate = .unknown(Facts.notInHeader) } })),
        ])

    private static let ntsc = Facts.example(.mp4) {
        $0.editVideo { $0.frameRate = Known(Rational(30_000, 1001), else: "") }
    }

    /// Frames a second: people write two decimals.
    private static let rounding = 0.006

    static func applies(to standard: Standard) -> Bool { standard.order?.frameRate != nil }

    static func judge(_ subject: Subject) -> Judgement {
        guard let asked = subject.standard.order?.frameRate else { return .notApplicable }
        if let why = subject.facts.video.reason { return .notEvaluated(why) }
        guard let video = subject.facts.mainVideo else { return .notApplicable }
        guard let rate = video.frameRate.value?.doubleValue else {
            return .notEvaluated(video.frameRate.reason ?? Facts.notInHeader)
        }
        if abs(rate - asked) <= rounding { return .passed }
        return refused(
            "\(Figure.decimal(asked, places: 3)) frames a second were ordered, the film has "
                + Figure.decimal(rate, places: 3),
            measured: JSON(rate), allowed: ["equal": JSON(asked)], unit: "frames a second", stream: video.index)
    }
}
