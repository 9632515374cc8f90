internal import CFFmpeg

/// Finds what a decoder left of a picture without a word. FFmpeg 5.1 ends a picture of HEVC, VP8 or ProRes early where its
/// data cannot be followed, and says nothing, or nothing of that part: what an older picture left in the memory is shown
/// there. So bytes that no picture has by chance are put into the memory before it is written.
enum UndecodedMark {
    static let codecs: Set<AVCodecID.RawValue> = [
        AV_CODEC_ID_HEVC.rawValue, AV_CODEC_ID_VP8.rawValue, AV_CODEC_ID_PRORES.rawValue,
    ]

    /// As the smallest block that is coded by itself is high; and between marks in a row.
    private static let (rows, bytes) = (16, 64)
    private static let mark = SIMD16<UInt8>(
        0x5A, 0x01, 0xFE, 0x33, 0xC7, 0x12, 0x90, 0x6D, 0x21, 0xEE, 0x04, 0xB8, 0x77, 0x49, 0xDB, 0x10)

    /// For a context's `get_buffer2`: memory as the library gives it, marked. Any thread may ask for it.
    static func markedBuffer(
        _ context: UnsafeMutablePointer<AVCodecContext>?, _ frame: UnsafeMutablePointer<AVFrame>?, _ flags: CInt
    ) -> CInt {
        let result = avcodec_default_get_buffer2(context, frame, flags)
        guard result >= 0, let frame else { return result }
        forEachPlace(in: frame) { place in
            place.storeBytes(of: mark, as: SIMD16<UInt8>.self)
            return true
        }
        return result
    }

    /// Whether a part of the picture was never written.
    static func remains(in frame: UnsafePointer<AVFrame>) -> Bool {
        var isFound = false
        forEachPlace(in: frame) { place in
            isFound = place.loadUnaligned(as: SIMD16<UInt8>.self) == mark
            return !isFound
        }
        return isFound
    }

    /// Each place of a mark in the first plane, until `body` says `false`. Blocks come from left to right, so that the right
    /// end is among what is left out; the picture as coded may be less than two marks wider than what is shown of it.
    private static func forEachPlace(in frame: UnsafePointer<AVFrame>, _ body: (UnsafeMutableRawPointer) -> Bool) {
        let width = Int(av_image_get_linesize(AVPixelFormat(frame.pointee.format), frame.pointee.width, 0))
        let stride = Int(frame.pointee.linesize.0)
        guard let plane = frame.pointee.data.0, stride >= width else { return }
        var row = 0
        while row < Int(frame.pointee.height) {
            let last = max(width - 16, 0) / bytes * bytes
            var column = max(last - bytes, 0)
            while column + 16 <= width {
                guard body(UnsafeMutableRawPointer(plane + row * stride + column)) else { return }
                column += bytes
            }
            row += rows
        }
    }
}
