internal import ReelMedia
internal import ReelModel

/// A type of image that can be written, and how.
enum StillFormat: Sendable, Hashable {
    case jpeg, png

    /// `nil` where images of this type are not written here.
    init?(_ type: FileType) {
        switch type {
        case .jpg: self = .jpeg
        case .png: self = .png
        case _: return nil
        }
    }

    /// The samples that are coded, of a decoded picture.
    /// - Parameter isTransparent: whether any pixel really is.
    func pixelFormat(of source: PixelFormat, isTransparent: Bool) -> String {
        switch self {
        case .jpeg:
            // No more colour resolution than there was; of RGB all of it, for the sake of text and lines.
            if source.isRGB || source.isPalette { return "yuvj444p" }
            switch (source.chromaShift.horizontal, source.chromaShift.vertical, source.components) {
            case (0, 0, 3...): return "yuvj444p"
            case (1, 0, 3...): return "yuvj422p"
            default: return "yuvj420p"
            }
        case .png:
            if isTransparent { return "rgba" }
            return source.components < 3 && !source.isPalette ? "gray" : "rgb24"
        }
    }

    /// From an upright picture to the one that is coded.
    func graph(to size: Size, pixelFormat: String, flatten: Bool, isFullRange: Bool) -> String {
        var scale = "scale=\(size.width):\(size.height):flags=lanczos+accurate_rnd+full_chroma_int+full_chroma_inp"
        if isFullRange { scale += ":in_range=pc" }
        // JFIF (ITU-T T.871, 7) knows one matrix and the full range.
        if self == .jpeg { scale += ":out_color_matrix=bt601:out_range=pc" }
        let end = "\(scale),setsar=1,format=\(pixelFormat)[out]"
        guard flatten else { return "[in]\(end)" }
        // White of the same size comes from the picture itself: `drawbox` crashes on RGBA in FFmpeg 5.1.
        return "[in]format=rgba,split[under][over];[under]lutrgb=r=maxval:g=maxval:b=maxval:a=maxval[white];"
            + "[white][over]overlay=format=rgb:alpha=straight,format=rgb24,\(end)"
    }

    /// - Parameter quality: JPEG's, from 2 (best) to 31, as the library counts.
    func encoding(_ size: Size, _ pixelFormat: PixelFormat, quality: Int) -> VideoEncoding {
        var encoding = VideoEncoding(
            codec: self == .jpeg ? "mjpeg" : "png", size: size, pixelFormat: pixelFormat, timeBase: Rational(1),
            sampleAspectRatio: Rational(1), globalHeader: false)
        switch self {
        case .jpeg:
            // Without the comment that names the library.
            encoding.options = ["qmin": "\(quality)", "qmax": "\(quality)", "flags": "+bitexact"]
            encoding.color = ColorTags(range: "pc")
        // What is next to a place in a palette says nothing of the place.
        case .png: encoding.options = ["pred": pixelFormat.isPalette ? "none" : "mixed"]
        }
        return encoding
    }

    /// Turns the picture upright (CIPA DC-008, 4.6.4, tag 274: what row 0 and column 0 are).
    static func upright(_ orientation: Int) -> [String] {
        switch orientation {
        case 2: ["hflip"]
        case 3: ["hflip", "vflip"]
        case 4: ["vflip"]
        case 5: ["transpose=cclock_flip"]
        case 6: ["transpose=clock"]
        case 7: ["transpose=clock_flip"]
        case 8: ["transpose=cclock"]
        default: []
        }
    }
}
