internal import ReelModel

/// Films and sound that open with a signature of their own.
extension Sniff {
    static func video(_ head: Bytes) -> FileType? {
        if head.starts(with: "FLV"), let version = head.u8(3), (1...4).contains(version) { return .flv }
        if head.starts(with: asfHeaderObject) { return .wmv }
        if head.starts(with: "OggS"), head.u8(4) == 0 { return .ogg }
        if head.starts(with: mxfPartitionPack) { return .mxf }
        if head.starts(with: ".RMF\0\0") || head.starts(with: [0x2E, 0x72, 0x61, 0xFD]) { return .rm }
        if head.starts(with: "nut/multimedia container\0") { return .nut }
        if head.starts(with: "DKIF"), head.le16(4) == 0 { return .ivf }
        if head.starts(with: "YUV4MPEG2 ") { return .y4m }
        if head.starts(with: wtvHeader) { return .wtv }
        // SMPTE ST 360, 7.1: five zero bytes lead in, a marker closes, and the first packet is a map.
        if head.starts(with: [0, 0, 0, 0, 1, 0xBC]), head.starts(with: [0, 0, 0, 0, 0xE1, 0xE2], at: 10) {
            return .gxf
        }
        if isDV(head) { return .dv }
        if head.starts(with: "BIK") || head.starts(with: "KB2"), let width = head.le32(20), (1...32767).contains(width)
        {
            return .bink
        }
        if head.starts(with: "SMK2") || head.starts(with: "SMK4") { return .smacker }
        if isFLIC(head) { return .flic }
        return nil
    }

    static func sound(_ head: Bytes) -> FileType? {
        if head.starts(with: "fLaC") { return .flac }
        if head.starts(with: "#!AMR") { return .amr }
        if head.starts(with: "MThd"), head.u32(4) == 6 { return .midi }
        if head.starts(with: "caff"), head.u32(4) == 0x1_0000 { return .caf }
        if head.starts(with: wave64) { return .w64 }
        // The data lies behind a header of 24 bytes at least, and the codings have small numbers.
        if head.starts(with: ".snd"), let offset = head.u32(4), offset >= 24, let coding = head.u32(12), coding < 64 {
            return .au
        }
        if head.starts(with: "Creative Voice File\u{1A}") { return .voc }
        if head.starts(with: "wvpk"), head.u8(9) == 4 { return .wavPack }
        if head.starts(with: "MAC "), let version = head.le16(4), (3000...5000).contains(version) { return .ape }
        if head.starts(with: "TTA1") || head.starts(with: "TTA2") { return .tta }
        if head.starts(with: "tBaK") { return .tak }
        if head.starts(with: "MPCK") || head.starts(with: "MP+") && head.u8(3).map({ $0 & 15 == 7 }) ?? false {
            return .musepack
        }
        if head.starts(with: "DSD "), head.le64(4) == 28 { return .dsd }
        if head.starts(with: "FRM8"), head.fourCC(12) == "DSD " { return .dsd }
        if head.starts(with: "DTSHDHDR") { return .dts }
        if head.starts(with: "Extended Module: ") || head.starts(with: "IMPM") || head.starts(with: "SCRM", at: 44) {
            return .tracker
        }
        if let mark = head.fourCC(1080), ["M.K.", "M!K!", "FLT4", "4CHN", "6CHN", "8CHN"].contains(mark) {
            return .tracker
        }
        return nil
    }

    /// IEC 61834-2: a header block, then two of subcode; each opens with its section in the upper three bits.
    private static func isDV(_ head: Bytes) -> Bool {
        guard head.starts(with: [0x1F, 0x07, 0x00]), let flags = head.u8(3), flags & 0x7F == 0x3F else { return false }
        return head.u8(80).map { $0 >> 5 == 1 } ?? true && head.u8(160).map { $0 >> 5 == 1 } ?? true
    }

    private static func isFLIC(_ head: Bytes) -> Bool {
        guard let magic = head.le16(4), magic == 0xAF11 || magic == 0xAF12, let width = head.le16(8),
            let height = head.le16(10), let depth = head.le16(12)
        else { return false }
        return (1...4096).contains(width) && (1...4096).contains(height) && [0, 8, 15, 16, 24].contains(depth)
    }

    /// The GUID 75B22630-668E-11CF-A6D9-00AA0062CE6C (ASF specification, 10.1).
    private static let asfHeaderObject: [UInt8] = [
        0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0x00, 0xAA, 0x00, 0x62, 0xCE, 0x6C,
    ]

    private static let wtvHeader: [UInt8] = [
        0xB7, 0xD8, 0x00, 0x20, 0x37, 0x49, 0xDA, 0x11, 0xA6, 0x4E, 0x00, 0x07, 0xE9, 0x5E, 0xAD, 0x8D,
    ]

    /// `riff` as Sony's GUID.
    private static let wave64: [UInt8] = [
        0x72, 0x69, 0x66, 0x66, 0x2E, 0x91, 0xCF, 0x11, 0xA5, 0xD6, 0x28, 0xDB, 0x04, 0xC1, 0x00, 0x00,
    ]

    /// SMPTE ST 377-1, 7.1: the key of a header partition pack, as far as it is the same in all.
    private static let mxfPartitionPack: [UInt8] = [
        0x06, 0x0E, 0x2B, 0x34, 0x02, 0x05, 0x01, 0x01, 0x0D, 0x01, 0x02, 0x01, 0x01, 0x02,
    ]
}
