/// The blocks before a FLAC stream's frames (RFC 9639, 8.1) where another container holds them.
enum FLACBlocks {
    /// What the comments say of the loudspeakers.
    ///
    /// - Parameter header: `fLaC` and all blocks.
    static func channelMask(in header: Bytes) -> Int? {
        var at = 4
        for _ in 0..<64 {
            guard let kind = header.u8(at), let size = header.u24(at + 1) else { return nil }
            if kind & 0x7F == 4 { return VorbisComment(header.slice(from: at + 4, count: size)).channelMask }
            if kind & 0x80 != 0 { return nil }
            at += 4 + size
        }
        return nil
    }
}
