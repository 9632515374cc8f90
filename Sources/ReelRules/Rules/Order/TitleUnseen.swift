internal import ReelModel

/// What the draft writes over the picture cannot be seen.
enum TitleUnseen: Rule {
    static let page = RulePage(
        id: "title-unseen", group: .order,
        summary: "The draft orders a title for a while in which no lettering stands in the picture.",
        why:
            "The title is in the draft, and where it should be nothing with the strokes of letters stands still in the "
            + "picture that is not there before or after as well: it was not drawn, or at another time. What is written is "
            + "not read. Lettering that moves all the time, or that differs from the picture in colour alone, is not "
            + "found. Where the picture changes with the title, at both ends, and stands still between, what belongs to "
            + "the picture cannot be told from the title: that is not evaluated, and fails with --strict.",
        fix: "Render it again, with the title in its place.", depth: .frames, reads: [.lettering],
        yieldsTo: ["video-missing", "picture-missing", "duration-mismatch"],
        examples: [
            Example("lettering in the title's span", .passes, .ordered(title, drawn())),
            Example(
                "nothing stands still in it", .fires,
                .ordered(
                    title,
                    drawn {
                        $0.rows = 0; $0.oneSidedRows = 0
                    })),
            Example(
                "lettering that is there before as well", .notEvaluated, .ordered(title, drawn { $0.rows = 0 })),
            Example(
                "the picture changes with the title", .notEvaluated, .ordered(title, drawn { $0.goesOn = false })),
            Example(
                "the whole picture appears with it", .notEvaluated,
                .ordered(title, drawn { $0.place = PictureArea(left: 0, top: 0.1, right: 1, bottom: 0.9) })),
            Example(
                "as much appears elsewhere", .notEvaluated, .ordered(title, drawn { $0.elsewhere = 1.2 })),
            Example(
                "a title for the whole film", .notEvaluated,
                .ordered(title, .decodedExample(.mp4) { $0.letter(.unknown("there is nothing beside it")) })),
            Example("nothing was decoded", .notEvaluated, .ordered(title, .example(.mp4) { $0.depth = .frames })),
        ])

    private static let span = TimeRange(start: 0, end: 3)
    private static let title = Expectation(titles: [OrderedSegment(name: "Urban Dreams", span: span)])
    private static func drawn(_ edit: (inout StandingStrokes) -> Void = { _ in }) -> Facts {
        var strokes = StandingStrokes(
            frames: 25, rows: 22, oneSidedRows: 22,
            place: PictureArea(left: 0.2, top: 0.7, right: 0.8, bottom: 0.76), elsewhere: 0, goesOn: true)
        edit(&strokes)
        return .decodedExample(.mp4) { $0.letter(.known(strokes)) }
    }

    /// Rows of the sketch: the letters of a title in a picture of 256x144 have five to seven, those of one in a picture of
    /// 1080x1920 twenty and more. Up to one is nothing.
    private static let least = 4
    private static let nothing = 1
    /// Of the strokes in the title's place, how many may appear elsewhere.
    private static let elsewhere = 0.5
    /// Of the picture's height, how much a title takes: what reaches over more of it may be the picture itself.
    private static let height = 0.5

    static func applies(to standard: Standard) -> Bool { standard.order?.titles.isEmpty == false }

    /// What cannot be told is no reason to refuse a film: slides with titles as long as they are stand so.
    static func gravity(against _: Standard) -> Severity { .risk }

    static func judge(_ subject: Subject) -> Judgement {
        guard let order = subject.standard.order else { return .notApplicable }
        return Seen.judge(subject.facts) { _, seen in
            .joined(
                order.titles.map { title in
                    guard let lettering = seen.picture.lettering.first(where: { $0.span == title.span }) else {
                        return .notEvaluated("the picture was not looked at for the title \"\(title.name)\"")
                    }
                    switch lettering.strokes {
                    case .unknown(let why): return .notEvaluated("of the title \"\(title.name)\": \(why)")
                    case .known(let strokes): return judge(title, strokes, seen)
                    }
                })
        }
    }

    private static func judge(_ title: OrderedSegment, _ strokes: StandingStrokes, _ seen: Seen) -> Judgement {
        if strokes.oneSidedRows <= nothing {
            return .found([
                own(
                    .reject,
                    "The draft orders the title \"\(title.name)\" from \(Figure.seconds(title.span.start)) to "
                        + "\(Figure.seconds(title.span.end)); no lettering stands in the picture for that time",
                    measured: JSON(strokes.rows), allowed: ["min": JSON(least)], unit: "rows", stream: seen.stream,
                    span: title.span)
            ])
        }
        func unclear(_ why: String) -> Judgement { .notEvaluated("of the title \"\(title.name)\": \(why)") }
        if strokes.rows < least {
            return unclear(
                strokes.oneSidedRows < least
                    ? "what appears in its place is too little to be told from chance"
                    : "what stands in its place is there before or after it as well")
        }
        if !strokes.goesOn { return unclear("the picture changes with it, and its strokes may be the picture's") }
        if let place = strokes.place, place.bottom - place.top > height {
            return unclear("what appears with it reaches over half of the picture")
        }
        if strokes.elsewhere > elsewhere { return unclear("as much appears elsewhere in the picture with it") }
        return .passed
    }
}

extension Facts {
    /// With what stands in the first three seconds.
    fileprivate mutating func letter(_ strokes: Known<StandingStrokes>) {
        measured?.picture?.lettering = [Lettering(span: TimeRange(start: 0, end: 3), strokes: strokes)]
    }
}
