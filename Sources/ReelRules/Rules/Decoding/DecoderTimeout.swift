internal import ReelModel

/// Reading the file did not come to an end.
enum DecoderTimeout: Rule {
    static let page = RulePage(
        id: "decoder-timeout", group: .decoding,
        summary: "Reading the file did not come to an end in the time that its size allows.",
        why: "A file can be made so that decoding it never ends, or takes hours for seconds of film. Players freeze on "
            + "it, and a service that processes it gives up.",
        fix: "Render or download it again.", depth: .header,
        examples: [
            Example("every frame decodes", .passes, .alone(.decodedExample(.mp4))),
            Example(
                "the decoder fell silent", .fires,
                .alone(
                    .example(.mp4) {
                        $0.inspectionFailure = InspectionFailure(
                            kind: .timedOut, depth: .frames,
                            message: "the media worker gave no sign of progress for 60 s, and was stopped")
                    })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        guard let failure = subject.facts.inspectionFailure, failure.kind == .timedOut else { return .passed }
        return Decoding.lost(page, failure)
    }
}
