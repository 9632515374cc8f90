internal import ReelMedia
internal import ReelModel

/// From decoded pictures to those that are coded: upright, of square pixels, 4:2:0 in 8 bits, limited range.
struct PictureShape: Sendable, Hashable {
    var target: Size
    /// Degrees clockwise.
    var rotation: Int
    /// How pictures of another shape are brought into the frame.
    var fill: Reframing.Fill?
    /// To which pictures are repeated or left out; `nil` keeps every frame at its time.
    var frameRate: Rational?

    /// How the high dynamic range of the pictures is told, which is mapped to the standard one; `nil` where they have
    /// none.
    var highRange: ColorTags?

    /// What decoded pictures are like.
    struct Source: Sendable, Hashable {
        var size: Size
        var pixelFormat: PixelFormat
        var isInterlaced: Bool
        var isFullRange: Bool
    }

    /// In the library's language, from `in` to `out`.
    func graph(from source: Source) -> String {
        let scaled = rotation % 180 == 0 ? target : target.turned
        // Where only the format changes, or the picture grows by a pixel to be even, the sharper filter is wasted.
        let kernel = scaled.width < source.size.width ? "lanczos" : "bicubic"
        var scale = "scale=\(scaled.width):\(scaled.height):flags=\(kernel)"
        if source.isFullRange, !source.pixelFormat.isRGB { scale += ":in_range=pc:out_range=tv" }
        if source.pixelFormat.isColorless { scale += ":out_color_matrix=bt709:out_range=tv" }
        var filters: [String] = []
        // Fields that are not of one moment would be scaled into each other, and are not turned.
        if source.isInterlaced { filters.append("bwdif=mode=send_frame:deint=interlaced") }
        if let fill {
            filters += turn + toneMap + reshaped(fill, source)
        } else {
            filters.append(scale)
            filters += turn + toneMap
        }
        if let frameRate { filters.append("fps=\(frameRate.numerator)/\(frameRate.denominator)") }
        filters += ["setsar=1", "format=yuv420p"]
        return "[in]" + filters.joined(separator: ",") + "[out]"
    }

    /// An upright picture in a frame of another shape.
    private func reshaped(_ fill: Reframing.Fill, _ source: Source) -> [String] {
        let frame = "\(target.width):\(target.height)"
        // What is scaled at last is not the whole frame, so that the range is settled first.
        var squared = "scale=trunc(iw*sar/2)*2:trunc(ih/2)*2"
        if source.isFullRange, !source.pixelFormat.isRGB { squared += ":in_range=pc:out_range=tv" }
        if source.pixelFormat.isColorless { squared += ":out_color_matrix=bt709:out_range=tv" }
        let square = [squared, "setsar=1"]
        let inside = "scale=\(frame):force_original_aspect_ratio=decrease:force_divisible_by=2:flags=lanczos"
        switch fill {
        case .crop:
            return square + [
                "scale=\(frame):force_original_aspect_ratio=increase:force_divisible_by=2:flags=lanczos",
                "crop=\(frame)",
            ]
        case .pad: return square + [inside, "pad=\(frame):-1:-1"]
        case .blur:
            // A quarter of the size blurs as well and costs a sixteenth.
            let small = "\(max(target.width / 8 * 2, 2)):\(max(target.height / 8 * 2, 2))"
            return square + [
                "format=yuv420p,split[whole][ground];"
                    + "[ground]scale=\(small):force_original_aspect_ratio=increase:force_divisible_by=2,crop=\(small),"
                    + "gblur=sigma=8,scale=\(frame)[blurred];[whole]\(inside)[sharp];"
                    + "[blurred][sharp]overlay=(W-w)/2:(H-h)/2"
            ]
        }
    }

    /// Nits of a white sheet of paper in both ranges (ITU-R BT.2408).
    private static let white = 203

    private var toneMap: [String] {
        guard let highRange else { return [] }
        let (transfer, primaries) = (highRange.transfer ?? "smpte2084", highRange.primaries ?? "bt2020")
        let matrix = highRange.matrix ?? "bt2020nc"
        return [
            "format=yuv420p10",
            "zscale=tin=\(transfer):pin=\(primaries):min=\(matrix):rin=tv:t=linear:npl=\(Self.white)",
            "format=gbrpf32le", "zscale=p=bt709", "tonemap=tonemap=hable:desat=0", "zscale=t=bt709:m=bt709:r=tv",
        ]
    }

    private var turn: [String] {
        switch rotation {
        case 90: ["transpose=clock"]
        case 180: ["hflip", "vflip"]
        case 270: ["transpose=cclock"]
        default: []
        }
    }
}

extension PixelFormat {
    /// Whether its samples are no YCbCr, so that a matrix has to be chosen: RGB and palettes.
    var isColorless: Bool { isRGB || isPalette }
}

extension ColorTags {
    /// What coded pictures are tagged as, coming from a stream: as it was, but that samples which became YCbCr are told
    /// by the matrix that was used, and that the range is limited.
    init(like stream: StreamInfo, size: Size) {
        self.init(
            primaries: stream.colorPrimaries, transfer: stream.colorTransfer, matrix: stream.colorMatrix, range: "tv")
        if Self.isHDR(stream.colorTransfer) {
            self = .bt709
        } else if stream.pixelFormat?.isColorless == true {
            matrix = "bt709"
        } else if matrix == nil, let before = stream.size, Self.isStandard(before) != Self.isStandard(size) {
            // Players guess an untagged matrix from the size, which has changed over the mark.
            matrix = Self.isStandard(before) ? "smpte170m" : "bt709"
        }
    }

    /// Whether players take an untagged picture for standard definition.
    private static func isStandard(_ size: Size) -> Bool { size.shortSide <= 576 }

    /// Whether the transfer is one of the high dynamic range (ITU-R BT.2100).
    static func isHDR(_ transfer: String?) -> Bool { transfer == "smpte2084" || transfer == "arib-std-b67" }
}
