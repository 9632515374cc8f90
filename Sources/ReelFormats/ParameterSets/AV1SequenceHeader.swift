internal import ReelModel

/// The sequence header of AV1 (AV1 Bitstream & Decoding Process Specification, 5.5).
enum AV1SequenceHeader {
    /// The av1C record (AV1 Codec ISO Media File Format Binding, 2.3): the sequence header in it, else what the
    /// record itself says.
    static func read(configuration: Bytes) -> PictureFormat? {
        guard configuration.u8(0) == 0x81, let first = configuration.u8(1), let second = configuration.u8(2) else {
            return nil
        }
        if let format = read(units: configuration.slice(from: 4)) { return format }
        var format = PictureFormat()
        let depth = second & 0x40 == 0 ? 8 : second & 0x20 == 0 ? 10 : 12
        let chroma = second & 0x10 != 0 ? 0 : second & 8 == 0 ? 3 : second & 4 == 0 ? 2 : 1
        format.profile = Known(name(profile: first >> 5), else: "profile \(first >> 5) has no name")
        format.level = name(level: first & 0x1F)
        format.bitDepth = depth
        format.pixelFormat = PictureFormat.pixelFormat(chroma: chroma, bitDepth: depth, fullRange: false, rgb: false)
        return format
    }

    /// Open bitstream units with sizes (5.3): the first sequence header among them.
    static func read(units: Bytes) -> PictureFormat? {
        var at = 0
        for _ in 0..<16 {
            guard let header = units.u8(at), header & 2 != 0 else { return nil }
            at += header & 4 != 0 ? 2 : 1
            guard let (size, width) = leb128(units, at) else { return nil }
            at += width
            if header >> 3 & 0xF == 1 {
                var bits = BitReader(units.slice(from: at, count: size).array)
                return try? parse(&bits)
            }
            at += size
        }
        return nil
    }

    /// 4.10.5, as far as 4 bytes: no unit in a header is longer.
    private static func leb128(_ bytes: Bytes, _ start: Int) -> (value: Int, width: Int)? {
        var value = 0
        for index in 0..<4 {
            guard let byte = bytes.u8(start + index) else { return nil }
            value |= (byte & 0x7F) << (7 * index)
            if byte & 0x80 == 0 { return (value, index + 1) }
        }
        return nil
    }

    private static func parse(_ bits: inout BitReader) throws(BitReader.End) -> PictureFormat? {
        var format = PictureFormat()
        let profile = try bits.bits(3)
        try bits.skip(1)  // still_picture
        let reduced = try bits.bit()
        var level = 0
        if reduced {
            level = try bits.bits(5)
        } else {
            level = try operatingPoints(&bits)
        }
        let widthBits = try bits.bits(4) + 1
        let heightBits = try bits.bits(4) + 1
        format.width = try bits.bits(widthBits) + 1
        format.height = try bits.bits(heightBits) + 1
        if !reduced, try bits.bit() { try bits.skip(7) }  // frame ids
        try bits.skip(3)
        if !reduced { try skipTools(&bits) }
        try bits.skip(3)

        // color_config, 5.5.2
        let highDepth = try bits.bit()
        var depth = highDepth ? 10 : 8
        if profile == 2, highDepth, try bits.bit() { depth = 12 }
        let monochrome = profile == 1 ? false : try bits.bit()
        var codes = (primaries: 2, transfer: 2, matrix: 2)
        if try bits.bit() { codes = (try bits.bits(8), try bits.bits(8), try bits.bits(8)) }
        var chroma = 1
        var fullRange = false
        if monochrome {
            fullRange = try bits.bit()
            chroma = 0
        } else if codes == (1, 13, 0) {
            fullRange = true
            chroma = 3
        } else {
            fullRange = try bits.bit()
            switch profile {
            case 0: chroma = 1
            case 1: chroma = 3
            default:
                if depth == 12 {
                    chroma = try !bits.bit() ? 3 : bits.bit() ? 1 : 2
                } else {
                    chroma = 2
                }
            }
        }
        format.profile = Known(name(profile: profile), else: "profile \(profile) has no name")
        format.level = name(level: level)
        format.bitDepth = depth
        // FFmpeg keeps the range apart from the layout's name here.
        format.pixelFormat = PictureFormat.pixelFormat(
            chroma: chroma, bitDepth: depth, fullRange: false, rgb: codes.matrix == 0)
        format.color = ColorFacts(
            primaries: codes.primaries, transfer: codes.transfer, matrix: codes.matrix, fullRange: fullRange)
        format.progressive = true
        return format
    }

    /// Timing and operating points; answers the level of the first of these.
    private static func operatingPoints(_ bits: inout BitReader) throws(BitReader.End) -> Int {
        var decoderModel = false
        var delayBits = 0
        if try bits.bit() {
            try bits.skip(64)
            if try bits.bit() { _ = try bits.ue() }
            decoderModel = try bits.bit()
            if decoderModel {
                delayBits = try bits.bits(5) + 1
                try bits.skip(32 + 10)
            }
        }
        let initialDisplayDelay = try bits.bit()
        var first = 0
        for point in 0...(try bits.bits(5)) {
            try bits.skip(12)
            let level = try bits.bits(5)
            if point == 0 { first = level }
            if level > 7 { try bits.skip(1) }  // tier
            if decoderModel, try bits.bit() { try bits.skip(2 * delayBits + 1) }
            if initialDisplayDelay, try bits.bit() { try bits.skip(4) }
        }
        return first
    }

    private static func skipTools(_ bits: inout BitReader) throws(BitReader.End) {
        try bits.skip(4)
        let orderHint = try bits.bit()
        if orderHint { try bits.skip(2) }
        var screenContent = 2
        if try !bits.bit() { screenContent = try bits.bits(1) }
        if screenContent > 0, try !bits.bit() { try bits.skip(1) }
        if orderHint { try bits.skip(3) }
    }

    private static func name(profile: Int) -> String? {
        switch profile {
        case 0: "Main"
        case 1: "High"
        case 2: "Professional"
        default: nil
        }
    }

    /// Annex A.3: 0 is 2.0, four minor levels to a major one; 31 is without limits.
    private static func name(level: Int) -> Known<String> {
        level < 24 ? .known("\(2 + level >> 2).\(level & 3)") : .unknown("level number \(level) has no name")
    }
}
