internal import CKernels
internal import ReelMedia
internal import ReelModel

/// What the kernels sum over one picture's luma.
struct LumaSums: Sendable {
    var pixels: Int = 0
    /// Pixels as dark as `LumaReader.darkLimit` or darker.
    var dark: Int = 0
}

/// Sums over the luma of pictures, read in place; only formats that do not keep luma in a plane of its own are converted.
final class LumaReader {
    /// In limited range of 8 bits (ITU-R BT.601: black is 16, white 235): 7.3 % of the way up. FFmpeg's `blackdetect`
    /// has 10 % unless it is told otherwise.
    static let darkLimit = 32.0

    private var converter: GrayConverter?

    /// `nil` where the picture cannot be read, even converted.
    func sums(_ frame: borrowing Frame) -> LumaSums? {
        guard let format = frame.pixelFormat else { return nil }
        guard format.hasPlainLuma else { return converted(frame, format) }
        return Self.sums(frame, format, fullRange: frame.isFullRange ?? (format.components < 3))
    }

    private static func sums(_ frame: borrowing Frame, _ format: PixelFormat, fullRange: Bool) -> LumaSums? {
        let limit = fullRange ? (darkLimit - 16) / 219 * 255 : darkLimit
        let scaled = Int(limit * Double(1 << (format.bitDepth - 8)))
        return frame.withPlane(0) { rows in
            var sums = LumaSums()
            for row in 0..<rows.count {
                let bytes = rows[row]
                if format.bitDepth > 8 {
                    let samples = bytes.assumingMemoryBound(to: UInt16.self)
                    sums.pixels += samples.count
                    sums.dark += Int(
                        reel_count_at_most_u16(samples.baseAddress, samples.count, UInt16(clamping: scaled)))
                } else {
                    sums.pixels += bytes.count
                    sums.dark += Int(
                        reel_count_at_most_u8(
                            bytes.assumingMemoryBound(to: UInt8.self).baseAddress, bytes.count,
                            UInt8(clamping: scaled)))
                }
            }
            return sums
        }
    }

    private func converted(_ frame: borrowing Frame, _ format: PixelFormat) -> LumaSums? {
        if converter?.size != frame.size || converter?.format != format {
            converter = try? GrayConverter(frame.size, format)
        }
        return try? converter?.withGray(frame) { Self.sums($0, .gray8, fullRange: true) }
    }
}

/// Turns pictures of one size and format to 8-bit gray, full range.
private final class GrayConverter {
    let size: Size
    let format: PixelFormat
    private let graph: FilterGraph
    private let gray: Frame

    init(_ size: Size, _ format: PixelFormat) throws(Failure) {
        self.size = size
        self.format = format
        gray = try Frame()
        graph = try FilterGraph(
            "[in]format=gray[out]",
            inputs: [.video("in", size: size, pixelFormat: format, timeBase: .microsecond)], outputs: [.video("out")],
            name: "gray")
    }

    func withGray<Result>(
        _ frame: borrowing Frame, _ body: (borrowing Frame) -> Result?
    ) throws(Failure) -> Result? {
        try graph.push(frame, to: "in")
        guard try graph.pull(from: "out", into: gray) == .frame else { return nil }
        return body(gray)
    }
}

extension PixelFormat {
    /// Whether plane 0 holds luma and nothing else, a sample in one byte, or in two in this machine's order.
    fileprivate var hasPlainLuma: Bool {
        guard !isRGB, !isPalette, !isBitPacked, !isBigEndian, let first = firstComponent else { return false }
        let bytes = bitDepth > 8 ? 2 : 1
        return first.offset == 0 && first.shift == 0 && first.step == bytes && (8...16).contains(bitDepth)
    }
}
