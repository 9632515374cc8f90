internal import ReelModel

/// Its samples lie as few decoders take them.
enum PixelFormatRare: CheckRule {
    static let deepest = Threshold("max_depth", unit: "bits", "more bits a sample are found")

    static let page = RulePage(
        id: "pixel-format-rare", group: .stream,
        summary: "The picture has more bits, or more colour samples, than decoders in telephones and browsers take.",
        why: "Decoders in hardware take H.264 with 8 bits and one colour sample for four of brightness (4:2:0). Other "
            + "formats are played by a few programs, and refused or shown green by the rest.",
        fix: .fit("Convert it to 8 bits of 4:2:0"), depth: .header,
        yieldsTo: ["video-missing", "video-codec"], thresholds: [deepest],
        examples: [
            Example("8 bits of 4:2:0", .passes, subject("yuv420p", 8)),
            Example("the same in full range", .passes, subject("yuvj420p", 8)),
            Example("10 bits", .fires, subject("yuv420p10le", 10)),
            Example("4:4:4", .fires, subject("yuv444p", 8)),
            Example("RGB", .fires, subject("gbrp", 8)),
            Example(
                "a format that is not known", .notEvaluated,
                .checked(
                    "pixel-format-rare", [deepest: 8], severity: .risk,
                    .example(.mp4) { $0.editVideo { $0.pixelFormat = .unknown(Facts.notInHeader) } })),
        ])

    private static func subject(_ name: String, _ depth: Int) -> Subject {
        .checked(
            "pixel-format-rare", [deepest: 8], severity: .risk,
            .example(.mp4) {
                $0.editVideo { video in
                    video.pixelFormat = .known(name)
                    video.bitDepth = .known(depth)
                }
            })
    }

    static func judge(_ facts: Facts, by check: CheckOfProfile) -> Judgement {
        if let why = facts.video.reason { return facts.image == nil ? .notEvaluated(why) : .notApplicable }
        guard let video = facts.mainVideo else { return .notApplicable }
        guard let format = video.pixelFormat.value else {
            return .notEvaluated(video.pixelFormat.reason ?? Facts.notInHeader)
        }
        let isDeep = video.bitDepth.value.map { Double($0) > check[deepest] } ?? false
        let isUsual = ["yuv420p", "yuvj420p", "nv12", "nv21"].contains { format.hasPrefix($0) }
        if isUsual, !isDeep { return .passed }
        return .found([
            found(
                check, "The picture is stored as \(format)", measured: .string(format),
                allowed: ["anyOf": ["yuv420p", "yuvj420p"]], stream: video.index)
        ])
    }
}
