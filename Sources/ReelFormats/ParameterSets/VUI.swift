internal import ReelModel

/// The first part of the video usability information, which H.264 (ITU-T H.264, E.1.1) and HEVC (ITU-T H.265, E.2.1)
/// write the same way.
struct VUI {
    var sampleAspectRatio: Rational?
    var color = ColorFacts()
    var fullRange = false
    /// The matrix code; 0 means that the planes are green, blue and red.
    var matrix: Int?

    init(_ bits: inout BitReader) throws(BitReader.End) {
        if try bits.bit() {
            let index = try bits.bits(8)
            if index == 255 {
                let width = try bits.bits(16)
                let height = try bits.bits(16)
                if width > 0, height > 0 { sampleAspectRatio = Rational(Int64(width), Int64(height)) }
            } else {
                sampleAspectRatio = PictureFormat.aspectRatio(index: index)
            }
        }
        if try bits.bit() { try bits.skip(1) }  // overscan
        if try bits.bit() {
            try bits.skip(3)  // video_format
            fullRange = try bits.bit()
            var codes: (primaries: Int?, transfer: Int?, matrix: Int?)
            if try bits.bit() {
                codes = (try bits.bits(8), try bits.bits(8), try bits.bits(8))
                matrix = codes.matrix
            }
            color = ColorFacts(
                primaries: codes.primaries, transfer: codes.transfer, matrix: codes.matrix, fullRange: fullRange)
        }
        if try bits.bit() {  // chroma sample location
            _ = try bits.ue()
            _ = try bits.ue()
        }
    }
}
