internal import ReelModel

/// The picture has more pixels a side than the destination takes.
enum FrameTooLarge: Rule {
    static let page = RulePage(
        id: "frame-too-large", group: .content,
        summary: "The displayed picture is larger than the destination takes, either way round.",
        why: "Larger pictures are refused, or scaled by somebody else's choice. The size is the one shown: after "
            + "rotation and pixel aspect.",
        fix: .fit("Scale the picture down"), depth: .header, yieldsTo: ["video-missing"],
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
            Example(
                "1086x1448 where the shorter side may have 1080: a few pixels too many sink a carousel", .fires,
                .publish(
                    .maxShortSide, 1080,
                    .example(.jpg) {
                        $0.image?.width = .known(1086)
                        $0.image?.height = .known(1448)
                    })),
            Example("1080x2160", .fires, .delivery(.example(.mp4) { $0.editVideo { $0.height = .known(2160) } })),
            Example(
                "a size that is not known", .notEvaluated,
                .delivery(.example(.mp4) { $0.editVideo { $0.width = .unknown("no parameter set") } })),
        ])

    static let limits: [LimitKind] = [
        LimitKey.maxWidth.kind, LimitKey.maxHeight.kind, LimitKey.maxLongSide.kind, LimitKey.maxShortSide.kind,
        LimitKey.maxSideSum.kind, LimitKey.maxPixels.kind, LimitKey.fewerPixels.kind,
    ]

    static func judge(_ subject: Subject) -> Judgement {
        judgeSize(subject) { shown, stream, profile in
            let size = shown.value.map { "\($0)" } ?? ""
            func side(_ key: LimitKey<Int>, _ name: String, _ length: (Size) -> Int) -> Judgement {
                holdAtMost(key, of: profile, shown.map(length), stream: stream) {
                    "The picture is \(size): its \(name) of \($0) may be \($1) pixels"
                }
            }
            let pixels = shown.map(\.pixels)
            let judged = Judgement.joined([
                side(.maxWidth, "width") { $0.width }, side(.maxHeight, "height") { $0.height },
                side(.maxLongSide, "longer side") { $0.longSide }, side(.maxShortSide, "shorter side") { $0.shortSide },
                side(.maxSideSum, "width and height together") { $0.width + $0.height },
                holdAtMost(.maxPixels, of: profile, pixels, stream: stream) {
                    "The picture is \(size), \(Figure.grouped($0)) pixels; \(profile.title) takes \(Figure.grouped($1))"
                },
                hold(
                    .fewerPixels, of: profile, pixels, stream: stream, breaks: { $0 >= $1 },
                    say: {
                        "The picture is \(size), \(Figure.grouped($0)) pixels; \(profile.title) takes fewer than \(Figure.grouped($1))"
                    }, json: { (JSON($0), ["max": JSON($1 - 1)]) }),
            ])
            // A size that the same page advises is not held against bounds for which no refusal is known.
            guard case .found(let findings) = judged,
                profile[all: .preferredSizes].contains(where: { $0.value.contains(size) })
            else { return judged }
            let firm = findings.filter { $0.severity > .risk }
            return firm.isEmpty ? .passed : .found(firm)
        }
    }
}
