internal import ReelModel

/// Reading the file took more memory than a decoder may have.
enum DecoderOutOfMemory: Rule {
    static let page = RulePage(
        id: "decoder-out-of-memory", group: .decoding,
        summary: "Reading the file took more memory than a decoder may have.",
        why: "A small file can describe pictures that fill any memory. What no limit holds back takes a player or a "
            + "server down with it.",
        fix: "Make its pictures smaller, or render it again.", depth: .header,
        examples: [
            Example("every frame decodes", .passes, .alone(.decodedExample(.mp4))),
            Example(
                "the decoder grew beyond its limit", .fires,
                .alone(
                    .example(.mp4) {
                        $0.inspectionFailure = InspectionFailure(
                            kind: .outOfMemory, depth: .frames,
                            message: "the media worker took more than 8 GiB of memory, and was stopped")
                    })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        guard let failure = subject.facts.inspectionFailure, failure.kind == .outOfMemory else { return .passed }
        return Decoding.lost(page, failure)
    }
}
