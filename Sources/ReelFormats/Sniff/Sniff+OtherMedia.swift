internal import ReelModel

/// Media that open with a signature of their own.
extension Sniff {
    static func otherMedia(_ head: Bytes) -> FileType? {
        if head.starts(with: "FLV"), let version = head.u8(3), (1...4).contains(version) { return .flv }
        if head.starts(with: asfHeaderObject) { return .wmv }
        if head.starts(with: "OggS"), head.u8(4) == 0 { return .ogg }
        if head.starts(with: mxfPartitionPack) { return .mxf }
        if head.starts(with: "fLaC") { return .flac }
        if head.starts(with: "#!AMR") { return .amr }
        if head.starts(with: "MThd"), head.u32(4) == 6 { return .midi }
        return nil
    }

    /// The GUID 75B22630-668E-11CF-A6D9-00AA0062CE6C (ASF specification, 10.1).
    private static let asfHeaderObject: [UInt8] = [
        0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0x00, 0xAA, 0x00, 0x62, 0xCE, 0x6C,
    ]

    /// SMPTE ST 377-1, 7.1: the key of a header partition pack, as far as it is the same in all.
    private static let mxfPartitionPack: [UInt8] = [
        0x06, 0x0E, 0x2B, 0x34, 0x02, 0x05, 0x01, 0x01, 0x0D, 0x01, 0x02, 0x01, 0x01, 0x02,
    ]
}
