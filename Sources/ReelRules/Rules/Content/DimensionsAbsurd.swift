internal import ReelModel

/// No reader will hold such a picture in its memory.
enum DimensionsAbsurd: Rule {
    static let page = RulePage(
        id: "dimensions-absurd", group: .content,
        summary: "The picture is so large that readers refuse it, whatever its file's size.",
        why: "A few bytes can promise a picture that fills the memory of whoever opens it, so readers set bounds. "
            + "FFmpeg refuses 268,435,456 pixels and more (av_image_check_size); Pillow, in most Python services, "
            + "refuses more than 178,956,970 (twice MAX_IMAGE_PIXELS), which a 200-megapixel telephone passes; no level "
            + "of AV1, and no WebP, has a side of more than 16,384.",
        fix: "Scale the picture down before you send it.", depth: .header, yieldsTo: ["frame-too-large"],
        examples: [
            Example("3000x2000", .passes, .alone(.example(.jpg))),
            Example("a panorama of 16000x3800", .passes, .alone(picture(16_000, 3800))),
            Example("200 megapixels from a telephone", .fires, .alone(picture(16_320, 12_240))),
            Example("a side of 30,000 pixels", .fires, .alone(picture(30_000, 400))),
            Example("65535x65535 in a few bytes", .fires, .alone(picture(65_535, 65_535))),
            Example(
                "a film of 20000x20000", .fires,
                .alone(
                    .example(.mp4) {
                        $0.editVideo {
                            $0.width = .known(20_000)
                            $0.height = .known(20_000)
                        }
                    })),
        ])

    private static func picture(_ width: Int, _ height: Int) -> Facts {
        .example(.jpg) {
            $0.image?.width = .known(width)
            $0.image?.height = .known(height)
        }
    }

    /// AV1 Bitstream & Decoding Process Specification, A.3, MaxHSize of level 6.x; WebP (RFC 9649, 2.7) stops at it.
    private static let longestSide = 16_384
    /// Pillow's `MAX_IMAGE_PIXELS` is 1/4 GiB of three bytes a pixel, 89,478,485; at twice that it gives up.
    private static let doubtfulArea = 178_956_970
    /// FFmpeg's `av_image_check_size2`: 8 bytes a pixel have to stay under 2^31.
    private static let refusedArea = 268_435_455

    static func applies(to standard: Standard) -> Bool { standard.isSoundness }

    static func judge(_ subject: Subject) -> Judgement {
        let image = subject.facts.image
        let video = subject.facts.mainVideo
        guard let size = (image?.size ?? video?.size)?.value else { return .notApplicable }
        let (product, overflow) = size.width.multipliedReportingOverflow(by: size.height)
        let area = overflow ? Int.max : product
        if area <= doubtfulArea, size.longSide <= longestSide { return .passed }
        let severity: Severity = area > refusedArea ? .reject : .risk
        let stream = image == nil ? video?.index : nil
        if area > doubtfulArea {
            let most = severity == .reject ? refusedArea : doubtfulArea
            return .found([
                own(
                    severity, "The picture is \(size), \(Figure.grouped(Int64(clamping: area))) pixels in all",
                    measured: JSON(area), allowed: ["max": JSON(most)], unit: "pixels", stream: stream)
            ])
        }
        return .found([
            own(
                severity, "The picture is \(size)", measured: JSON(size.longSide), allowed: ["max": JSON(longestSide)],
                unit: "pixels a side", stream: stream)
        ])
    }
}
