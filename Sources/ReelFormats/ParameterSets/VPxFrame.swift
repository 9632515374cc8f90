internal import ReelModel

/// VP9: what its container record or the head of a key frame says.
enum VP9Format {
    /// The vpcC record behind its version and flags (VP Codec ISO Media File Format Binding, 2.3).
    static func read(configuration: Bytes) -> PictureFormat? {
        guard let profile = configuration.u8(0), let packed = configuration.u8(2), let primaries = configuration.u8(3),
            let transfer = configuration.u8(4), let matrix = configuration.u8(5)
        else { return nil }
        let depth = packed >> 4
        let chroma = [1, 1, 2, 3][min(packed >> 1 & 7, 3)]
        return format(
            profile: profile, depth: depth, chroma: chroma,
            color: ColorFacts(primaries: primaries, transfer: transfer, matrix: matrix, fullRange: packed & 1 == 1),
            rgb: matrix == 0)
    }

    /// The uncompressed header of a key frame (VP9 Bitstream & Decoding Process Specification, 6.2).
    static func read(keyFrame: Bytes) -> PictureFormat? {
        var bits = BitReader(keyFrame.slice(from: 0, count: 32).array)
        return try? parse(&bits)
    }

    private static func parse(_ bits: inout BitReader) throws(BitReader.End) -> PictureFormat? {
        guard try bits.bits(2) == 2 else { return nil }
        let low = try bits.bits(1)
        let profile = try bits.bits(1) << 1 | low
        if profile == 3 { try bits.skip(1) }
        guard try !bits.bit() else { return nil }  // show_existing_frame
        guard try !bits.bit() else { return nil }  // not a key frame
        try bits.skip(2)
        guard try bits.bits(24) == 0x498342 else { return nil }
        var depth = 8
        if profile >= 2 { depth = try bits.bit() ? 12 : 10 }
        let space = try bits.bits(3)
        var chroma = 1
        var fullRange: Bool?
        if space != 7 {
            fullRange = try bits.bit()
            if profile & 1 == 1 {
                let (x, y) = (try bits.bit(), try bits.bit())
                chroma = x ? (y ? 1 : 2) : 3
                try bits.skip(1)
            }
        } else {
            fullRange = true
            chroma = 3
            if profile & 1 == 1 { try bits.skip(1) }
        }
        // color_space, 7.2.2, as H.273 numbers the matrix.
        let matrix = [nil, 5, 1, 6, 7, 9, nil, 0][space]
        var result = format(
            profile: profile, depth: depth, chroma: chroma,
            color: ColorFacts(primaries: nil, transfer: nil, matrix: matrix, fullRange: fullRange), rgb: space == 7)
        result.width = try bits.bits(16) + 1
        result.height = try bits.bits(16) + 1
        return result
    }

    private static func format(profile: Int, depth: Int, chroma: Int, color: ColorFacts, rgb: Bool) -> PictureFormat {
        var format = PictureFormat()
        format.profile = .known("Profile \(profile)")
        format.bitDepth = depth
        format.pixelFormat = PictureFormat.pixelFormat(chroma: chroma, bitDepth: depth, fullRange: false, rgb: rgb)
        format.color = color
        format.progressive = true
        return format
    }
}

/// VP8: 8 bits 4:2:0 always; its key frames hold the size (RFC 6386, 9.1).
enum VP8Format {
    static func read(keyFrame: Bytes) -> PictureFormat? {
        guard let tag = keyFrame.u8(0), tag & 1 == 0, keyFrame.starts(with: [0x9D, 0x01, 0x2A], at: 3),
            let width = keyFrame.le16(6), let height = keyFrame.le16(8)
        else { return nil }
        var format = PictureFormat()
        format.width = width & 0x3FFF
        format.height = height & 0x3FFF
        format.pixelFormat = "yuv420p"
        format.bitDepth = 8
        format.progressive = true
        return format
    }
}

extension VP8Format {
    /// What is the same in every VP8 stream.
    static var fixed: PictureFormat {
        var format = PictureFormat()
        format.pixelFormat = "yuv420p"
        format.bitDepth = 8
        format.progressive = true
        return format
    }
}
