internal import ReelModel

/// The picture is not of the size that was ordered.
enum SizeMismatch: Rule {
    static let page = RulePage(
        id: "size-mismatch", group: .order,
        summary: "The picture is not of the ordered size: as displayed, or in what the decoder gave.",
        why: "A renderer that falls back to another canvas delivers a film that looks right until it stands beside the "
            + "others. Where frames were decoded, every size that occurred has to be the one in the header.",
        fix: "Render it again at the ordered size.", depth: .header, yieldsTo: ["video-missing", "picture-missing"],
        examples: [
            Example("1080x1920 as ordered", .passes, .ordered(ordered, .decodedExample(.mp4))),
            Example(
                "stored lying, turned upright by its header", .passes,
                .ordered(
                    ordered,
                    .example(.mp4) {
                        $0.editVideo {
                            $0.width = .known(1920)
                            $0.height = .known(1080)
                            $0.rotation = .known(270)
                        }
                    })),
            Example(
                "1920x1080 where 1080x1920 was ordered", .fires,
                .ordered(
                    ordered,
                    .example(.mp4) {
                        $0.editVideo {
                            $0.width = .known(1920)
                            $0.height = .known(1080)
                        }
                    })),
            Example(
                "the header says 1080x1920, the pictures are 720x1280", .fires,
                .ordered(
                    ordered,
                    .decodedExample(.mp4) { $0.editMeasured(0) { $0.sizes = [Size(width: 720, height: 1280)] } })),
            Example(
                "a size that is not known", .notEvaluated,
                .ordered(ordered, .example(.mp4) { $0.editVideo { $0.height = .unknown("no parameter set") } })),
        ])

    private static let ordered = Expectation(size: Size(width: 1080, height: 1920))

    static func applies(to standard: Standard) -> Bool { standard.order?.size != nil }

    static func judge(_ subject: Subject) -> Judgement {
        guard let asked = subject.standard.order?.size else { return .notApplicable }
        let image = subject.facts.image
        let video = subject.facts.mainVideo
        guard let shown = image?.displaySize ?? video?.displaySize else {
            return subject.facts.video.reason.map(Judgement.notEvaluated) ?? .notApplicable
        }
        guard let size = shown.value else { return .notEvaluated(shown.reason ?? Facts.notInHeader) }
        let stream = image == nil ? video?.index : nil
        if size != asked {
            return refused(
                "\(asked) was ordered, the picture is shown at \(size)", measured: JSON(size),
                allowed: ["equal": JSON(asked)], unit: "pixels", stream: stream)
        }
        guard image == nil, let video, let stored = video.size.value,
            let other = subject.facts.measured?.stream(video.index)?.sizes.first(where: { $0 != stored })
        else { return .passed }
        return refused(
            "\(asked) was ordered, and the header says so, but pictures of \(other) came out of the decoder",
            measured: JSON(other), allowed: ["equal": JSON(stored)], unit: "pixels", stream: stream)
    }
}
