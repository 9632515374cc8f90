internal import ReelModel

/// MPEG transport and program streams (ISO/IEC 13818-1), and bare MPEG video.
extension Sniff {
    static func mpegSystem(_ head: Bytes, _ pager: inout Pager) throws -> FileType? {
        if head.starts(with: [0, 0, 1]), let code = head.u8(3) {
            // Pack header; sequence header of bare MPEG-1 or MPEG-2 video.
            if code == 0xBA || code == 0xB3 { return .mpg }
        }
        // Plain packets; BDAV's with a 4-byte time before each; with 16 bytes of Reed-Solomon behind each.
        for (size, offset) in [(188, 0), (192, 4), (204, 0)] where isTransportStream(head, size, offset) { return .ts }
        return nil
    }

    /// A sync byte alone says little: it must return at every packet, in at least three and in up to ten of them.
    private static func isTransportStream(_ head: Bytes, _ packetSize: Int, _ offset: Int) -> Bool {
        var packets = 0
        var at = offset
        while packets < 10, let byte = head.u8(at) {
            guard byte == 0x47 else { return false }
            packets += 1
            at += packetSize
        }
        return packets >= 3
    }
}
