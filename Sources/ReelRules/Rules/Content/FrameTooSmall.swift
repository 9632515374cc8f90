internal import ReelModel

/// The picture has fewer pixels a side than the destination takes.
enum FrameTooSmall: Rule {
    static let page = RulePage(
        id: "frame-too-small", group: .content, summary: "The displayed picture is smaller than the destination takes.",
        why: "Smaller pictures are refused, or blown up. The size is the one shown: after rotation and pixel aspect.",
        fix: "Send the original in a larger size; blowing it up adds nothing.", depth: .header,
        yieldsTo: ["video-missing", "wrong-medium"],
        examples: [
            Example("1080x1920 where 540 are wanted", .passes, .publish(.minWidth, 540, .example(.mp4))),
            Example(
                "1920x1080 turned upright by its header", .passes,
                .publish(
                    .minHeight, 1200,
                    .example(.mp4) {
                        $0.editVideo {
                            $0.width = .known(1920)
                            $0.height = .known(1080)
                            $0.rotation = .known(90)
                        }
                    })),
            Example("a height of 1920 where 2000 are wanted", .fires, .publish(.minHeight, 2000, .example(.mp4))),
            Example(
                "a size that is not known", .notEvaluated,
                .publish(.minWidth, 540, .example(.mp4) { $0.editVideo { $0.width = .unknown("no parameter set") } })),
        ])

    static let limits: [LimitKind] = [LimitKey.minWidth.kind, LimitKey.minHeight.kind, LimitKey.minShortSide.kind]

    static func judge(_ subject: Subject) -> Judgement {
        judgeSize(subject) { shown, stream, profile in
            let size = shown.value.map { "\($0)" } ?? ""
            func side(_ key: LimitKey<Int>, _ name: String, _ length: (Size) -> Int) -> Judgement {
                holdAtLeast(key, of: profile, shown.map(length), stream: stream) {
                    "The picture is \(size): its \(name) of \($0) has to be at least \($1) pixels"
                }
            }
            return .joined([
                side(.minWidth, "width") { $0.width }, side(.minHeight, "height") { $0.height },
                side(.minShortSide, "shorter side") { $0.shortSide },
            ])
        }
    }
}
