internal import ReelModel

/// MPEG transport and program streams (ISO/IEC 13818-1), and bare MPEG-1 and MPEG-2 video.
extension Sniff {
    static func mpegSystem(_ head: Bytes, _ pager: inout Pager) throws -> FileType? {
        // Zero bytes may lead in.
        var start = 0
        while start < 1024, head.u8(start) == 0 { start += 1 }
        if start >= 2, head.u8(start) == 1, let code = head.u8(start + 1) {
            // A pack header, marked for MPEG-2 or MPEG-1; a sequence header with sides.
            if code == 0xBA, let next = head.u8(start + 2), next >> 6 == 1 || next >> 4 == 2 { return .mpg }
            if code == 0xB3, let sides = head.u24(start + 2), sides >> 12 > 0, sides & 0xFFF > 0 { return .mpg }
        }
        // Plain packets; BDAV's with a 4-byte time before each; with 16 bytes of Reed-Solomon behind each.
        for (size, offset) in [(188, 0), (192, 4), (204, 0)] where isTransportStream(head, size, offset, atLeast: 3) {
            return .ts
        }
        // Cut in the middle of a packet.
        for size in [188, 192, 204] {
            for offset in 1..<size where isTransportStream(head, size, offset, atLeast: 8) { return .ts }
        }
        return nil
    }

    /// A sync byte alone says little: it must return at every packet, in as many as are asked and in up to ten.
    private static func isTransportStream(_ head: Bytes, _ packetSize: Int, _ offset: Int, atLeast: Int) -> Bool {
        var packets = 0
        var at = offset
        while packets < 10, let byte = head.u8(at) {
            guard byte == 0x47 else { return false }
            packets += 1
            at += packetSize
        }
        return packets >= atLeast
    }
}
