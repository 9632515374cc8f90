internal import ReelModel

/// Fewer frames come out than the index lists.
enum FramesShort: Rule {
    static let page = RulePage(
        id: "frames-short", group: .decoding, summary: "Fewer frames can be decoded than the index lists.",
        why: "Frames that get lost on the way, silently, are a picture that stutters or ends early. Judged where the "
            + "index lists every frame (ISO BMFF) and no edit list hides some.",
        fix: "Render or download it again.", depth: .frames, yieldsTo: ["picture-missing"],
        examples: [
            Example("300 of 300", .passes, .alone(.decodedExample(.mp4))),
            Example("298 of 300", .fires, .alone(.decodedExample(.mp4) { $0.editMeasured(0) { $0.frames = 298 } })),
            Example("nothing was decoded", .notEvaluated, .alone(.example(.mp4) { $0.depth = .frames })),
        ])

    /// Codecs of which every sample shows one picture.
    private static let onePictureEach: Set<String> = ["h264", "hevc", "mpeg4", "mjpeg", "prores", "av1"]

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        let facts = subject.facts
        guard let measured = facts.measured else { return .notEvaluated(Decoding.nothing) }
        guard let type = facts.type.value, [.mp4, .m4v, .mov, .threeGP].contains(type),
            facts.editLists.value != .significant, let video = facts.mainVideo,
            let codec = video.codec.value, onePictureEach.contains(codec), let listed = video.frames.value,
            let stream = measured.stream(video.index)
        else { return .notApplicable }
        // That there is no decoder is for undecodable-codec to say.
        if video.decodable.value == false { return .notApplicable }
        if stream.frames >= listed { return .passed }
        return refused(
            "The index lists \(listed) frames, \(stream.frames) can be decoded", measured: JSON(stream.frames),
            allowed: ["min": JSON(listed)], unit: "frames", stream: video.index)
    }
}
