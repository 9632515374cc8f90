internal import ReelModel

/// What a machine, real or virtual, would run.
extension Sniff {
    static func program(_ head: Bytes) -> FileType? {
        isProgram(head) ? .executable : nil
    }

    private static func isProgram(_ head: Bytes) -> Bool {
        if head.starts(with: [0x7F, 0x45, 0x4C, 0x46]) { return true }
        if isDOSProgram(head) { return true }
        let magics: [[UInt8]] = [
            // Mach-O, both widths and both orders; a universal one, which Java's classes share
            [0xFE, 0xED, 0xFA, 0xCE], [0xFE, 0xED, 0xFA, 0xCF], [0xCE, 0xFA, 0xED, 0xFE], [0xCF, 0xFA, 0xED, 0xFE],
            [0xCA, 0xFE, 0xBA, 0xBE], [0xCA, 0xFE, 0xBA, 0xBF],
            // WebAssembly 1; Dalvik; LLVM bitcode; Lua
            [0x00, 0x61, 0x73, 0x6D, 0x01, 0, 0, 0], [0x64, 0x65, 0x78, 0x0A, 0x30], [0x42, 0x43, 0xC0, 0xDE],
            [0x1B, 0x4C, 0x75, 0x61],
        ]
        return magics.contains { head.starts(with: $0) }
    }

    /// The DOS header points to the real one; a program for DOS alone has none, but counts its pages.
    private static func isDOSProgram(_ head: Bytes) -> Bool {
        guard head.starts(with: "MZ") else { return false }
        if let offset = head.le32(0x3C) {
            for mark in ["PE\0\0", "NE", "LE", "LX"] where head.starts(with: mark, at: offset) { return true }
        }
        guard let inLast = head.le16(2), let pages = head.le16(4), let header = head.le16(8) else { return false }
        return inLast < 512 && pages > 0 && (2...pages * 32).contains(header) && head.array.contains(0)
    }
}
