internal import ReelModel

/// Images that open with a signature of their own.
extension Sniff {
    static func image(_ head: Bytes) -> FileType? {
        if head.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpg }
        if head.starts(with: PNGReader.signature) { return .png }
        if head.starts(with: "GIF87a") || head.starts(with: "GIF89a") { return .gif }
        if let type = tiff(head) { return type }
        if head.starts(with: "8BPS"), let version = head.u16(4), (1...2).contains(version) { return .psd }
        if head.starts(with: [0xFF, 0x4F, 0xFF, 0x51]) { return .jp2 }
        if head.starts(with: [0xFF, 0x0A]) { return .jxl }
        if head.starts(with: [0x49, 0x49, 0xBC]), let version = head.u8(3), version <= 1 { return .jxr }
        if head.starts(with: [0x76, 0x2F, 0x31, 0x01]) { return .exr }
        if head.starts(with: "#?RADIANCE\n") || head.starts(with: "#?RGBE\n") { return .hdr }
        if head.starts(with: "DDS "), head.le32(4) == 124 { return .dds }
        if head.starts(with: "qoif"), let channels = head.u8(12), (3...4).contains(channels) { return .qoi }
        if head.starts(with: "icns"), let size = head.u32(4), (8..<0x2000_0000).contains(size) { return .icns }
        if head.starts(with: [0x8A, 0x4D, 0x4E, 0x47, 13, 10, 26, 10]) { return .mng }
        if head.starts(with: [0x8B, 0x4A, 0x4E, 0x47, 13, 10, 26, 10]) { return .mng }
        if head.starts(with: "gimp xcf ") { return .xcf }
        if head.starts(with: "FUJIFILMCCD-RAW") || head.starts(with: "FOVb") { return .rawPhoto }
        if head.starts(with: "HEAPCCDR", at: 6) { return .rawPhoto }
        if head.starts(with: "SIMPLE  =") { return .fits }
        if head.starts(with: "DICM", at: 128) { return .dicom }
        if isBMP(head) { return .bmp }
        if isIcon(head) { return .ico }
        if isPortableMap(head) { return .pnm }
        if isPCX(head) { return .pcx }
        if isMetafile(head) { return .metafile }
        return nil
    }

    /// TIFF 6.0, BigTIFF, and raw photographs that change the number 42.
    private static func tiff(_ head: Bytes) -> FileType? {
        if head.starts(with: [0x49, 0x49, 42, 0]) || head.starts(with: [0x4D, 0x4D, 0, 42]) {
            return head.starts(with: [0x43, 0x52, 2], at: 8) ? .rawPhoto : .tiff
        }
        if head.starts(with: [0x49, 0x49, 43, 0, 8, 0]) || head.starts(with: [0x4D, 0x4D, 0, 43, 0, 8]) {
            return .tiff
        }
        for raw in ["IIU\0", "IIRO", "IIRS"] where head.starts(with: raw) {
            return (head.le32(4) ?? 256) < 256 ? .rawPhoto : nil
        }
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

    /// Netpbm: P1 to P7, white space, then a number, a comment, or P7's first field; PF and Pf hold floats.
    private static func isPortableMap(_ head: Bytes) -> Bool {
        guard head.u8(0) == 0x50, let kind = head.u8(1), let space = head.u8(2), [9, 10, 13, 32].contains(space),
            let next = head.u8(3)
        else { return false }
        if kind == 0x37 { return head.starts(with: "WIDTH", at: 3) || head.starts(with: "#", at: 3) }
        guard (0x31...0x36).contains(kind) || kind == 0x46 || kind == 0x66 else { return false }
        if next == 0x23 { return true }
        let words = (head.text(3, min(head.count - 3, 24)) ?? "").split(whereSeparator: \.isWhitespace)
        return words.count >= 2 && words[0].allSatisfy(\.isNumber) && words[1].allSatisfy(\.isNumber)
    }

    /// ZSoft's manufacturer byte, a version, run lengths, a depth, and sides in order.
    private static func isPCX(_ head: Bytes) -> Bool {
        guard head.u8(0) == 10, let version = head.u8(1), [0, 2, 3, 4, 5].contains(version), head.u8(2) == 1,
            let depth = head.u8(3), [1, 2, 4, 8].contains(depth), let left = head.le16(4), let top = head.le16(6),
            let right = head.le16(8), let bottom = head.le16(10), let planes = head.u8(65)
        else { return false }
        return left <= right && top <= bottom && (1...4).contains(planes) && head.u8(64) == 0
    }

    private static func isMetafile(_ head: Bytes) -> Bool {
        head.starts(with: [0xD7, 0xCD, 0xC6, 0x9A]) || head.le32(0) == 1 && head.starts(with: " EMF", at: 40)
    }

    /// Types that are known by their last bytes (Truevision's TGA 2.0, C.2; Apple's disc images), looked for only
    /// where nothing else fits.
    static func byItsEnd(_ head: Bytes, _ pager: inout Pager) throws -> FileType? {
        if pager.length > 0x8006, try pager.bytes(at: 0x8001, count: 5).starts(with: "CD001") { return .iso }
        guard pager.length >= 44 else { return nil }
        let tail = try pager.bytes(at: max(pager.length - 512, 0), count: 512)
        if tail.starts(with: "TRUEVISION-XFILE.\0", at: tail.count - 18) { return .tga }
        if tail.count == 512, tail.starts(with: "koly") { return .iso }
        return isOldTarga(head) ? .tga : nil
    }

    /// Before 2.0 there was no signature: a palette or none, a known coding, sides, a depth, and flags that fit it.
    private static func isOldTarga(_ head: Bytes) -> Bool {
        guard let palette = head.u8(1), palette <= 1, let coding = head.u8(2), [1, 2, 3, 9, 10, 11].contains(coding),
            let depth = head.u8(16), [8, 15, 16, 24, 32].contains(depth), let width = head.le16(12), width > 0,
            let height = head.le16(14), height > 0, let flags = head.u8(17), flags & 0xC0 == 0
        else { return false }
        let usesPalette = coding == 1 || coding == 9
        let paletteDepth = head.u8(7) ?? 0
        if usesPalette { return palette == 1 && depth <= 16 && [15, 16, 24, 32].contains(paletteDepth) }
        let alpha = flags & 0x0F
        let fits = depth == 32 ? alpha == 8 || alpha == 0 : depth == 24 ? alpha == 0 : alpha <= 1
        return palette == 0 && head.le16(3) == 0 && head.le16(5) == 0 && paletteDepth == 0 && fits
    }
}
