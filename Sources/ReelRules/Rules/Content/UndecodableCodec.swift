internal import ReelModel

/// A stream that nothing here can look into.
enum UndecodableCodec: Rule {
    static let page = RulePage(
        id: "undecodable-codec", group: .content,
        summary: "A stream's codec is not known here, or has no decoder here.",
        why:
            "What cannot be decoded cannot be checked, and must not pass for checked. Whether the destination can decode "
            + "it is not known either: this is no fault of the file, and no approval.",
        fix: "Convert it to H.264 and AAC first.", depth: .header,
        yieldsTo: ["empty-file", "truncated", "type-not-accepted", "no-media-stream", "encrypted"],
        examples: [
            Example("H.264 and AAC", .passes, .alone(.decodedExample(.mp4))),
            Example("a known codec, before a decoder was asked", .passes, .alone(.example(.mp4))),
            Example(
                "xHE-AAC, which has no decoder here", .notEvaluated,
                .alone(
                    .example(.m4a) {
                        $0.editAudio {
                            $0.profile = .known("xHE-AAC")
                            $0.decodable = .known(false)
                        }
                    })),
            Example(
                "an animated WebP, of which FFmpeg 5.1 decodes nothing", .notEvaluated,
                .alone(
                    .example(.webp) {
                        $0.image?.frames = .known(12)
                        $0.image?.decodable = .known(false)
                    })),
            Example(
                "a codec that nobody here has heard of", .notEvaluated,
                .alone(.example(.mov) { $0.editVideo { $0.codec = .unknown("the sample entry is called xyz1") } })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        let facts = subject.facts
        if let image = facts.image {
            guard image.decodable.value == false else { return image.decodable.value == nil ? .notApplicable : .passed }
            let kind = (image.frames.value ?? 1) > 1 ? "animated " : ""
            return .notEvaluated("there is no decoder here for this \(kind)\(facts.type.value?.name ?? "picture")")
        }
        let pictures = (facts.video.value ?? []).filter { !$0.attachedPicture }
        return .joined(
            pictures.map { judge($0.index, $0.codec, $0.profile, $0.decodable) }
                + (facts.audio.value ?? []).map { judge($0.index, $0.codec, $0.profile, $0.decodable) })
    }

    private static func judge(
        _ stream: Int, _ codec: Known<String>, _ profile: Known<String>, _ decodable: Known<Bool>
    ) -> Judgement {
        switch (codec, decodable) {
        case (_, .known(true)): return .passed
        case (.known(let codec), .known(false)):
            let kind = profile.value.map { " (\($0))" } ?? ""
            return .notEvaluated("there is no decoder here for stream \(stream), which is \(codec)\(kind)")
        case (.unknown(let why), _): return .notEvaluated("the codec of stream \(stream) is not known: \(why)")
        case (.known, .unknown): return .passed
        }
    }
}
