internal import ReelModel

/// Archives, packages and images of discs.
extension Sniff {
    static func archive(_ head: Bytes) -> FileType? {
        if head.starts(with: "PK"), let third = head.u8(2), let fourth = head.u8(3),
            [(3, 4), (5, 6), (7, 8)].contains(where: { $0 == (third, fourth) })
        {
            return .zip
        }
        if head.starts(with: [0x1F, 0x8B, 8]) { return .gzip }
        if head.starts(with: sevenZipSignature) { return .sevenZip }
        if head.starts(with: rarSignature) { return .rar }
        if head.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]) { return .xz }
        if head.starts(with: "LZIP"), head.u8(4) == 1 { return .xz }
        if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return .zstd }
        if head.starts(with: "BZh"), let level = head.u8(3), (0x31...0x39).contains(level),
            head.starts(with: [0x31, 0x41, 0x59, 0x26, 0x53, 0x59], at: 4) || head.starts(with: [0x17, 0x72], at: 4)
        {
            return .bzip2
        }
        if head.starts(with: [0x04, 0x22, 0x4D, 0x18]) { return .lz4 }
        if head.starts(with: "ustar", at: 257) { return .tar }
        if head.starts(with: "MSCF\0\0\0\0") { return .cabinet }
        if head.starts(with: "-lh", at: 2), head.u8(6) == 0x2D { return .lha }
        if head.starts(with: "!<arch>\n") || head.starts(with: [0xED, 0xAB, 0xEE, 0xDB]) { return .package }
        return nil
    }

    static let rarSignature: [UInt8] = [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07]
    static let sevenZipSignature: [UInt8] = [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]
}
