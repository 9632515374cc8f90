internal import ReelModel

/// The picture has more pixels a side than the destination takes.
enum FrameTooLarge: Rule {
    static let page = RulePage(
        id: "frame-too-large", group: .content,
        summary: "The displayed picture is larger than the destination takes, either way round.",
        why: "Larger pictures are refused, or scaled by somebody else's choice. The size is the one shown: after "
            + "rotation and pixel aspect.",
        fix: "Scale the picture down: reelgate fit.", depth: .header, yieldsTo: ["video-missing"],
        examples: [
            Example("1080x1920", .passes, .delivery(.example(.mp4))),
            Example(
                "1920x1080 turned upright by its header", .passes,
                .delivery(
                    .example(.mp4) {
                        $0.editVideo {
                            $0.width = .known(1920)
                            $0.height = .known(1080)
                            $0.rotation = .known(90)
                        }
                    })),
            Example(
                "1200x1200: its shorter side is too long", .fires,
                .delivery(
                    .example(.mp4) {
                        $0.editVideo {
                            $0.width = .known(1200)
                            $0.height = .known(1200)
                        }
                    })),
            Example("1080x2160", .fires, .delivery(.example(.mp4) { $0.editVideo { $0.height = .known(2160) } })),
            Example(
                "a size that is not known", .notEvaluated,
                .delivery(.example(.mp4) { $0.editVideo { $0.width = .unknown("no parameter set") } })),
        ])

    static func applies(to standard: Standard) -> Bool {
        standard.profile?.maxLongSide != nil || standard.profile?.maxShortSide != nil
    }

    static func judge(_ subject: Subject) -> Judgement {
        guard let profile = subject.standard.profile else { return .notApplicable }
        let image = subject.facts.image
        let video = subject.facts.mainVideo
        guard let shown = image?.displaySize ?? video?.displaySize else {
            return subject.facts.video.reason.map(Judgement.notEvaluated) ?? .notApplicable
        }
        guard let size = shown.value else { return .notEvaluated(shown.reason ?? Facts.notInHeader) }
        var findings: [Finding] = []
        let sides = [("longer", size.longSide, profile.maxLongSide), ("shorter", size.shortSide, profile.maxShortSide)]
        for (name, side, limit) in sides {
            guard let limit, side > limit.value else { continue }
            findings.append(
                broken(
                    limit, of: profile, "The picture is \(size): its \(name) side may have \(limit.value) pixels",
                    measured: JSON(side), allowed: ["max": JSON(limit.value)], unit: "pixels",
                    stream: image == nil ? video?.index : nil))
        }
        return findings.isEmpty ? .passed : .found(findings)
    }
}
