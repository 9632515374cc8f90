internal import ReelModel

/// Images that open with a signature of their own.
extension Sniff {
    static func image(_ head: Bytes) -> FileType? {
        if head.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpg }
        if head.starts(with: PNGReader.signature) { return .png }
        if head.starts(with: "GIF87a") || head.starts(with: "GIF89a") { return .gif }
        if head.starts(with: [0x49, 0x49, 42, 0]) || head.starts(with: [0x4D, 0x4D, 0, 42]) { return .tiff }
        // BigTIFF
        if head.starts(with: [0x49, 0x49, 43, 0, 8, 0]) || head.starts(with: [0x4D, 0x4D, 0, 43, 0, 8]) {
            return .tiff
        }
        if head.starts(with: "8BPS"), let version = head.u16(4), (1...2).contains(version) { return .psd }
        if head.starts(with: [0xFF, 0x4F, 0xFF, 0x51]) { return .jp2 }
        if head.starts(with: [0xFF, 0x0A]) { return .jxl }
        if isBMP(head) { return .bmp }
        if isIcon(head) { return .ico }
        return nil
    }

    /// `BM` alone is two letters of text; the header that follows must be one of those that exist.
    private static func isBMP(_ head: Bytes) -> Bool {
        guard head.starts(with: "BM"), let headerSize = head.le32(14) else { return false }
        return BMPReader.headerSizes.contains(headerSize)
    }

    /// ICO and CUR: reserved 0, kind 1 or 2, and a first entry that points behind the directory.
    private static func isIcon(_ head: Bytes) -> Bool {
        guard head.le16(0) == 0, let kind = head.le16(2), (1...2).contains(kind),
            let count = head.le16(4), (1...1024).contains(count), head.u8(9) == 0,
            let size = head.le32(14), let offset = head.le32(18)
        else { return false }
        return size > 0 && offset >= 6 + 16 * count
    }
}
