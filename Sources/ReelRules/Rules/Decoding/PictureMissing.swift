internal import ReelModel

/// There is a video stream and nothing comes out of it.
enum PictureMissing: Rule {
    static let page = RulePage(
        id: "picture-missing", group: .decoding, summary: "The video stream has not one frame that can be decoded.",
        why: "The header describes a film, and there is none behind it.", fix: "Render or download it again.",
        depth: .frames, yieldsTo: ["encrypted"],
        examples: [
            Example("300 frames", .passes, .alone(.decodedExample(.mp4))),
            Example("no frame", .fires, .alone(.decodedExample(.mp4) { $0.editMeasured(0) { $0.frames = 0 } })),
            Example("nothing was decoded", .notEvaluated, .alone(.example(.mp4) { $0.depth = .frames })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        guard let measured = subject.facts.measured else { return .notEvaluated(Decoding.nothing) }
        guard let video = subject.facts.mainVideo else { return .notApplicable }
        // That there is no decoder is for undecodable-codec to say.
        if video.decodable.value == false { return .notApplicable }
        guard let stream = measured.stream(video.index) else {
            return .notEvaluated("stream \(video.index) was not decoded")
        }
        if stream.frames > 0 { return .passed }
        return refused(
            "No frame of the picture can be decoded", measured: 0, allowed: ["min": 1], unit: "frames",
            stream: video.index)
    }
}
