internal import ReelModel

/// Documents, fonts, data and models.
extension Sniff {
    static func document(_ head: Bytes) -> FileType? {
        if head.starts(with: "%PDF-") { return .pdf }
        if head.starts(with: "%!PS") || head.starts(with: [0xC5, 0xD0, 0xD3, 0xC6]) { return .postScript }
        if head.starts(with: "{\\rtf") { return .rtf }
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return .office }
        if head.starts(with: "SQLite format 3\0") { return .database }
        if head.starts(with: "AT&TFORM"), head.starts(with: "DJV", at: 12) { return .djvu }
        if isFlash(head) { return .flash }
        if isFont(head) { return .font }
        if isModel(head) { return .model3D }
        if isTorrent(head) { return .torrent }
        return nil
    }

    /// SWF File Format Specification 19, chapter 2: plain or packed, a version, a length.
    private static func isFlash(_ head: Bytes) -> Bool {
        guard ["FWS", "CWS", "ZWS"].contains(where: { head.starts(with: $0) }), let version = head.u8(3),
            let length = head.le32(4)
        else { return false }
        return (1...60).contains(version) && (9..<0x2000_0000).contains(length)
    }

    /// ISO/IEC 14496-22, 4: a version, and a table directory of sensible size; collections; the web's packed forms.
    private static func isFont(_ head: Bytes) -> Bool {
        if head.starts(with: "wOFF") || head.starts(with: "wOF2") { return (head.u16(12) ?? 0) > 0 }
        if head.starts(with: "ttcf"), let version = head.u32(4) { return version == 0x1_0000 || version == 0x2_0000 }
        guard head.starts(with: [0, 1, 0, 0]) || head.starts(with: "OTTO") || head.starts(with: "true"),
            let tables = head.u16(4), (4...64).contains(tables), let range = head.u16(6), let name = head.text(12, 4)
        else { return false }
        let power = 1 << (Int.bitWidth - 1 - tables.leadingZeroBitCount)
        return range == power * 16 && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "/" || $0 == " " }
    }

    /// glTF, FBX, Blender; 3D Studio by its main chunk and the version in it.
    private static func isModel(_ head: Bytes) -> Bool {
        if head.starts(with: "glTF"), let version = head.le32(4) { return (1...2).contains(version) }
        if ["Kaydara FBX Binary", "BLENDER-v", "BLENDER_v"].contains(where: { head.starts(with: $0) }) { return true }
        if head.starts(with: [0x4D, 0x4D]), let size = head.le32(2), size > 16 {
            return [0x0002, 0x3D3D].contains(head.le16(6)) && head.le32(8) != nil
        }
        return head.starts(with: "ply\nformat ") || head.starts(with: "ply\r\nformat ")
    }

    /// BEP 3: a dictionary whose first key is one of the usual.
    private static func isTorrent(_ head: Bytes) -> Bool {
        ["d8:announce", "d13:announce-list", "d7:comment", "d10:created by", "d4:infod"]
            .contains { head.starts(with: $0) }
    }
}
