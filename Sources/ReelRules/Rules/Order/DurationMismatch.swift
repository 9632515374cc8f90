internal import ReelModel

/// It does not last as long as was ordered.
enum DurationMismatch: Rule {
    static let page = RulePage(
        id: "duration-mismatch", group: .order,
        summary: "The file, or the picture in it, does not last as long as was ordered.",
        why: "A header can promise ten seconds over a picture that ends after six. The file's own claim and the span "
            + "of the decoded picture are both held against the order, within one frame unless a tolerance is given; "
            + "a file with sound may last one block of sound longer, because sound is coded in blocks.",
        fix: "Render it again.", depth: .header, yieldsTo: ["picture-missing"],
        examples: [
            Example("10 s as ordered", .passes, .ordered(ordered, .decodedExample(.mp4))),
            Example("one frame short", .passes, .ordered(ordered, lasting(9.967))),
            Example("two frames short", .fires, .ordered(ordered, lasting(9.933))),
            Example("two frames short, where 0.1 s is tolerated", .passes, .ordered(tolerant, lasting(9.933))),
            Example(
                "the header says 10 s, the picture ends after 6 s", .fires,
                .ordered(
                    ordered, .decodedExample(.mp4) { $0.editMeasured(0) { $0.span = TimeRange(start: 0, end: 6) } })),
            Example(
                "the header says 12 s", .fires,
                .ordered(ordered, .decodedExample(.mp4) { $0.duration = .known(12) })),
            Example(
                "a length that is not known", .notEvaluated,
                .ordered(ordered, .example(.mp4) { $0.duration = .unknown("the index was not read") })),
        ])

    private static let ordered = Expectation(duration: 10)
    private static let tolerant = Expectation(duration: 10, tolerance: 0.1)
    private static func lasting(_ seconds: Double) -> Facts {
        .decodedExample(.mp4) {
            $0.duration = .known(seconds)
            $0.editMeasured(0) { $0.span = TimeRange(start: 0, end: seconds) }
        }
    }

    /// Where neither tolerance nor frame rate is known: one frame at 24 frames a second.
    private static let usualFrame = 1.0 / 24
    /// Times are counted in ticks that need not divide a frame.
    private static let rounding = 0.001
    /// Samples in the longest block of common audio codecs (HE-AAC).
    private static let blockLength = 2048.0

    static func applies(to standard: Standard) -> Bool { standard.order?.duration != nil }

    static func judge(_ subject: Subject) -> Judgement {
        guard let order = subject.standard.order, let asked = order.duration else { return .notApplicable }
        let facts = subject.facts
        guard let file = facts.duration.value else {
            return .notEvaluated(facts.duration.reason ?? Facts.notRead)
        }
        let rate = facts.mainVideo?.frameRate.value?.doubleValue ?? 0
        let tolerance = order.tolerance ?? (rate > 0 ? 1 / rate : usualFrame)
        let block = facts.mainAudio.map { blockLength / Double(max($0.sampleRate.value ?? 48_000, 8000)) } ?? 0
        let video = facts.mainVideo.flatMap { length(of: $0.index, $0.duration, facts) }
        let audio = facts.mainAudio.flatMap { length(of: $0.index, $0.duration, facts) }

        // Sound that ends too early is a finding of its own; alone in a file it is all there is to hold to the order.
        let picture = video ?? (facts.mainVideo == nil ? audio : nil)
        let fileIsOff = asked - file > tolerance + rounding || file - asked > tolerance + block + rounding
        let pictureIsOff = picture.map { abs($0 - asked) > tolerance + (video == nil ? block : 0) + rounding } ?? false
        if !fileIsOff, !pictureIsOff { return .passed }

        // What was asked, what was sent, what came.
        var message = "\(Figure.seconds(asked)) was ordered"
        if let draft = order.draftDuration { message += ", the draft has \(Figure.seconds(draft))" }
        message += "; the file says \(Figure.seconds(file))"
        if let video { message += ", the picture lasts \(Figure.seconds(video))" }
        if let audio { message += ", the sound \(Figure.seconds(audio))" }
        return refused(
            message,
            measured: [
                "draft": order.draftDuration.map { JSON($0) } ?? nil, "file": JSON(file),
                "video": video.map { JSON($0) } ?? nil, "audio": audio.map { JSON($0) } ?? nil,
            ],
            allowed: ["equal": JSON(asked), "tolerance": JSON(tolerance)], unit: "seconds",
            stream: pictureIsOff ? facts.mainVideo?.index : nil)
    }

    /// As decoded where it was, else as the header says.
    private static func length(of stream: Int, _ header: Known<Double>, _ facts: Facts) -> Double? {
        guard let measured = facts.measured?.stream(stream) else { return header.value }
        return measured.span?.duration
    }
}
