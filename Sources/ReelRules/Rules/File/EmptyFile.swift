internal import ReelModel

/// There is nothing in it.
enum EmptyFile: Rule {
    static let page = RulePage(
        id: "empty-file", group: .file, summary: "The file has no bytes.",
        why: "A download or an export that was cut off at once leaves such a file; nothing can be made of it.",
        fix: "Get the file again.", depth: .header,
        examples: [
            Example("a small file", .passes, .alone(.example(.mp4) { $0.bytes = 800 })),
            Example("no bytes", .fires, .alone(.example(.mp4) { $0.bytes = 0 })),
        ])

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        subject.facts.bytes > 0
            ? .passed : refused("The file is empty", measured: 0, allowed: ["min": 1], unit: "bytes")
    }
}
