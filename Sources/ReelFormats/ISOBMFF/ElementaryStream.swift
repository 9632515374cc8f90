/// An `esds` box (ISO/IEC 14496-14, 6.7.2; ISO/IEC 14496-1, 7.2.6): descriptors, each with a tag and a size.
struct ElementaryStream {
    var objectType = 0
    var averageBitRate: Int64?
    var configuration: Bytes?

    init?(_ box: Bytes) {
        var at = 4  // version and flags
        guard let stream = ElementaryStream.descriptor(3, in: box, &at), let flags = stream.u8(2) else { return nil }
        var inner = 3
        if flags & 0x80 != 0 { inner += 2 }
        if flags & 0x40 != 0 { inner += 1 + (stream.u8(inner) ?? 0) }
        if flags & 0x20 != 0 { inner += 2 }
        guard let decoder = ElementaryStream.descriptor(4, in: stream, &inner), let type = decoder.u8(0) else {
            return nil
        }
        objectType = type
        averageBitRate = decoder.u32(9).flatMap { $0 > 0 ? Int64($0) : nil }
        var rest = 13
        configuration = ElementaryStream.descriptor(5, in: decoder, &rest)
    }

    /// The contents of the descriptor at `at` if it has that tag.
    private static func descriptor(_ tag: Int, in bytes: Bytes, _ at: inout Int) -> Bytes? {
        guard bytes.u8(at) == tag else { return nil }
        at += 1
        var size = 0
        for _ in 0..<4 {
            guard let byte = bytes.u8(at) else { return nil }
            at += 1
            size = size << 7 | byte & 0x7F
            if byte & 0x80 == 0 { break }
        }
        return bytes.slice(from: at, count: size)
    }

    /// FFmpeg's name of the coding (the MP4 Registration Authority's list of object types).
    var codec: String? {
        switch objectType {
        case 0x20: "mpeg4"
        case 0x21: "h264"
        case 0x23: "hevc"
        case 0x40, 0x66, 0x67, 0x68: "aac"
        case 0x60, 0x61, 0x62, 0x63, 0x64, 0x65: "mpeg2video"
        case 0x69, 0x6B: "mp3"
        case 0x6A: "mpeg1video"
        case 0x6C: "mjpeg"
        case 0x6D: "png"
        case 0x6E: "jpeg2000"
        case 0xA5: "ac3"
        case 0xA6: "eac3"
        case 0xA9: "dts"
        case 0xAD: "opus"
        case 0xB1: "vp9"
        case 0xDD: "vorbis"
        case 0xE1: "qcelp"
        default: nil
        }
    }
}
