internal import ReelModel

/// Archives, documents and programs.
extension Sniff {
    static func notMedia(_ head: Bytes) -> FileType? {
        if head.starts(with: "PK"), let third = head.u8(2), let fourth = head.u8(3),
            [(3, 4), (5, 6), (7, 8)].contains(where: { $0 == (third, fourth) })
        {
            return .zip
        }
        if head.starts(with: [0x1F, 0x8B, 8]) { return .gzip }
        if head.starts(with: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) { return .sevenZip }
        if head.starts(with: "Rar!\u{1A}\u{07}") { return .rar }
        if head.starts(with: "%PDF-") { return .pdf }
        if isProgram(head) { return .executable }
        return nil
    }

    private static func isProgram(_ head: Bytes) -> Bool {
        if head.starts(with: [0x7F, 0x45, 0x4C, 0x46]) { return true }
        // PE: the DOS header points to the real one.
        if head.starts(with: "MZ"), let offset = head.le32(0x3C), head.starts(with: [0x50, 0x45, 0, 0], at: offset) {
            return true
        }
        let machO: [[UInt8]] = [
            [0xFE, 0xED, 0xFA, 0xCE], [0xFE, 0xED, 0xFA, 0xCF], [0xCE, 0xFA, 0xED, 0xFE], [0xCF, 0xFA, 0xED, 0xFE],
            [0xCA, 0xFE, 0xBA, 0xBE],
        ]
        return machO.contains { head.starts(with: $0) }
    }
}
