internal import ReelModel

/// The film is more than the level that it states.
enum LevelExceeded: CheckRule {
    static let page = RulePage(
        id: "level-exceeded", group: .stream,
        summary: "The film needs more of a decoder than the level of H.264 that it states.",
        why:
            "A decoder in hardware trusts the level, takes as much memory and time as that asks for, and fails or drops "
            + "frames where the film is more: in frame size, frames a second or reference frames (ITU-T "
            + "H.264, annex A, table A-1).",
        fix: "Encode it again and let the encoder choose the level.", depth: .packets,
        yieldsTo: ["encrypted", "missing-parameter-sets"],
        examples: [
            Example("1080x1920 at 30 frames a second, level 4.0", .passes, subject { _ in }),
            Example("the same, level 3.1", .fires, subject { $0.level = .known("3.1") }),
            Example("the same at 60 frames a second", .fires, subject { $0.frameRate = .known(Rational(60)) }),
            Example("16 reference frames", .fires, subject { $0.referenceFrames = .known(16) }),
            Example("AV1, whose levels are others", .passes, subject { $0.codec = .known("av1") }),
            Example("no level", .notEvaluated, subject { $0.level = .unknown(Facts.notInHeader) }),
        ])

    private static func subject(_ edit: (inout VideoFacts) -> Void) -> Subject {
        .checked("level-exceeded", severity: .risk, .packetsExample(.mp4) { $0.editVideo(edit) })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        guard let video = facts.mainVideo, video.codec.value == "h264" else { return .notApplicable }
        guard let stated = video.level.value else { return .notEvaluated(video.level.reason ?? Facts.notInHeader) }
        guard let size = video.size.value else { return .notEvaluated(video.size.reason ?? Facts.notInHeader) }
        guard let level = H264Level.named(stated) else { return .notEvaluated("there is no level \(stated)") }
        let use = H264Level.Use(
            size: size, frameRate: video.frameRate.value?.doubleValue, referenceFrames: video.referenceFrames.value)
        guard let broken = level.broken(by: use) else { return .passed }
        let needed = H264Level.all.first { $0.broken(by: use) == nil }
        return .found([
            found(
                check, "It states level \(stated): \(broken)" + (needed.map { "; level \($0.name) would do" } ?? ""),
                measured: needed.map { .string($0.name) } ?? .null, allowed: ["max": .string(stated)], unit: "level",
                stream: video.index)
        ])
    }
}
