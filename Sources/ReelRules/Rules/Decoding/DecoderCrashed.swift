internal import ReelModel

/// Reading the file brought the decoder down.
enum DecoderCrashed: Rule {
    static let page = RulePage(
        id: "decoder-crashed", group: .decoding, summary: "Reading the file brought the decoder down.",
        why: "Whoever decodes this file may fall over it as the decoder here did, which ran in a cage and took nothing "
            + "with it. Such a file is damaged, or made to do harm.",
        fix: "Do not pass it on. Render or download it again; from a stranger, do not open it elsewhere.",
        depth: .header,
        examples: [
            Example("every frame decodes", .passes, .alone(.decodedExample(.mp4))),
            Example(
                "the decoder crashed", .fires,
                .alone(
                    .example(.mp4) {
                        $0.inspectionFailure = InspectionFailure(
                            kind: .crashed, depth: .frames, message: "the media worker crashed (signal 11)")
                    })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        guard let failure = subject.facts.inspectionFailure, failure.kind == .crashed else { return .passed }
        return Decoding.lost(page, failure)
    }
}
