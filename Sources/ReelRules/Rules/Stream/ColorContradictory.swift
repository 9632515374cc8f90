internal import ReelModel

/// Its colour tags do not go together.
enum ColorContradictory: CheckRule {
    static let page = RulePage(
        id: "color-contradictory", group: .stream, summary: "The tags of the film's colours contradict one another.",
        why:
            "PQ and HLG were made for 10 bits and BT.2020 (ITU-R BT.2100); with 8 bits they band, with other primaries "
            + "they are shown wrong. BT.2020 primaries with the matrix of BT.709, or the other way round, come from a "
            + "conversion that was left half way.",
        fix: "Convert the colours in full, or correct the tags.", depth: .header,
        yieldsTo: ["color-untagged", "video-missing"],
        examples: [
            Example("BT.709 all through", .passes, subject { _ in }),
            Example("HLG in 10 bits of BT.2020", .passes, subject { wide(&$0, "arib-std-b67", 10) }),
            Example("PQ in 8 bits", .fires, subject { wide(&$0, "smpte2084", 8) }),
            Example("BT.2020 with the matrix of BT.709", .fires, subject { $0.color.primaries = .known("bt2020") }),
            Example("a film without tags", .passes, subject { $0.color = ColorFacts() }),
            Example(
                "streams that were not read", .notEvaluated,
                .checked("color-contradictory", severity: .risk, .example(.mp4) { $0.video = .unknown("no index") })),
        ])

    private static func wide(_ video: inout VideoFacts, _ transfer: String, _ depth: Int) {
        video.bitDepth = .known(depth)
        video.color.primaries = .known("bt2020")
        video.color.transfer = .known(transfer)
        video.color.matrix = .known("bt2020nc")
    }

    private static func subject(_ edit: (inout VideoFacts) -> Void) -> Subject {
        .checked("color-contradictory", severity: .risk, .example(.mp4) { $0.editVideo(edit) })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        if let why = facts.video.reason { return facts.image == nil ? .notEvaluated(why) : .notApplicable }
        guard let video = facts.mainVideo else { return .notApplicable }
        let color = video.color
        var problem: String?
        let isHigh = ["smpte2084", "arib-std-b67"].contains(color.transfer.value ?? "")
        let isWideMatrix = color.matrix.value?.hasPrefix("bt2020") == true
        if isHigh, let depth = video.bitDepth.value, depth < 10 {
            problem = "\(color.transfer.value ?? "") is stored in \(depth) bits"
        } else if isHigh, let primaries = color.primaries.value, primaries != "bt2020" {
            problem = "\(color.transfer.value ?? "") goes with BT.2020, its primaries are \(primaries)"
        } else if let primaries = color.primaries.value, let matrix = color.matrix.value,
            (primaries == "bt2020") != isWideMatrix, matrix == "bt709" || primaries == "bt709"
        {
            problem = "the primaries are \(primaries), the matrix is \(matrix)"
        }
        guard let problem else { return .passed }
        return .found([
            found(
                check, "The colours are tagged in contradiction: \(problem)",
                measured: [
                    "primaries": color.primaries.value.map(JSON.string) ?? .null,
                    "transfer": color.transfer.value.map(JSON.string) ?? .null,
                    "matrix": color.matrix.value.map(JSON.string) ?? .null,
                ],
                allowed: ["equal": "one system"], stream: video.index)
        ])
    }
}
