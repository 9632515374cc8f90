internal import ReelMedia
internal import ReelModel

/// Whether a stream can be decoded here.
enum Decodability {
    static func of(_ stream: StreamInfo, _ demuxer: borrowing Demuxer) -> Known<Bool> {
        guard let hasDecoder = demuxer.hasDecoder(stream: stream.index) else {
            return .unknown("its codec is not known")
        }
        guard hasDecoder, stream.codec == "aac" else { return .known(hasDecoder) }
        return .known(
            demuxer.withConfiguration(of: stream.index) { bytes in
                var bits = CodedBits(CodedBytes(bytes), escaped: false)
                let type = AACFraming.objectType(&bits)
                // Without a configuration the blocks have headers of their own, which cannot name other kinds.
                return bits.ended || decodedAAC.contains(type)
            })
    }

    /// Whether these are the first bytes of an animated WebP (WebP Container Specification, extended file format: the
    /// flag of `VP8X`). FFmpeg's decoder has stills only.
    static func isAnimatedWebP(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count > 20 && bytes[8..<16].elementsEqual("WEBPVP8X".utf8) && bytes[20] & 2 != 0
    }

    /// Audio object types that FFmpeg's decoder has (ISO/IEC 14496-3, 1.5.1.1): Main, LC, SSR, LTP, SBR, ER LC, ER LD, PS,
    /// ER ELD. Above all it lacks USAC (42), which xHE-AAC is.
    private static let decodedAAC: Set<Int> = [1, 2, 3, 4, 5, 17, 23, 29, 39]
}
