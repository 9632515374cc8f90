internal import ReelModel

/// Reads BMP files (Microsoft, "Bitmap Storage"; OS/2 1.x and 2.x headers).
enum BMPReader {
    /// Of the header that follows the file header: what tells its version.
    static let headerSizes: Set<Int> = [12, 16, 40, 52, 56, 64, 108, 124]

    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        var account = ImageAccount()
        account.image.frames = .known(1)
        let head = try pager.bytes(at: 0, count: 14 + 124)
        guard let header = BMPHeader(head) else {
            account.unfollowed = "its header is cut off"
            account.write(into: &facts, missing: .known(max(26 - pager.length, 1)))
            return
        }
        header.describe(&account)
        let pixels = Int64(head.le32(10) ?? 0)
        let stated = Int64(head.le32(2) ?? 0)
        let behindHeaders = 14 + Int64(header.size) + header.paletteBytes
        if pixels < behindHeaders, pixels > 0 {
            account.fault(.impossibleSize, at: 10, "The pixels begin inside the headers, at byte \(pixels)")
        }

        // The size in the file header is often wrong, the pixel array's own is not.
        var end = stated
        if let size = header.pixelBytes {
            end = pixels.saturatingAdd(size)
            if end > pager.length {
                account.fault(
                    .samplesOutsideFile, at: pager.length, bytes: end - pager.length,
                    "\(end - pager.length) bytes of the picture lie past the end of the file")
            }
        }
        if let profile = header.profile {
            // It stands behind the pixels, counted from the header.
            end = max(end, (14 + profile.start).saturatingAdd(profile.size))
        }
        let missing = max(end - pager.length, 0)
        if missing == 0 { try account.addStrayBytes(from: max(end, stated), &pager) }
        account.write(into: &facts, missing: .known(missing))
    }
}

/// The header that describes the picture, of any version.
private struct BMPHeader {
    let size: Int
    private let width: Int
    private let height: Int
    private let bits: Int
    private let compression: Int
    /// As stated, which only compressed pictures need.
    private let imageSize: Int
    private let colorsUsed: Int
    /// Red, green, blue, alpha.
    private let masks: [Int]
    let profile: (start: Int64, size: Int64)?

    init?(_ head: Bytes) {
        guard let size = head.le32(14) else { return nil }
        self.size = size
        if size == 12 {
            guard let width = head.le16(18), let height = head.le16(20), let bits = head.le16(24) else { return nil }
            (self.width, self.height, self.bits) = (width, height, bits)
            (compression, imageSize, colorsUsed, masks, profile) = (0, 0, 0, [], nil)
            return
        }
        guard let width = head.le32(18), let height = head.le32(22), let bits = head.le16(28) else { return nil }
        self.width = Int(Int32(truncatingIfNeeded: width))
        self.height = Int(Int32(truncatingIfNeeded: height))
        self.bits = bits
        compression = size >= 40 ? head.le32(30) ?? 0 : 0
        imageSize = size >= 40 ? head.le32(34) ?? 0 : 0
        colorsUsed = size >= 40 ? head.le32(46) ?? 0 : 0
        // From version 2 on they are part of the header; before, they follow it where the compression says so.
        let hasMasks = size >= 52 && size != 64 || size == 40 && (compression == 3 || compression == 6)
        let count = size >= 56 || compression == 6 ? 4 : 3
        masks = hasMasks ? (0..<count).compactMap { head.le32(54 + 4 * $0) } : []
        // V5: a profile embedded ("MBED") or linked ("LINK").
        if size == 124, head.le32(70) == 0x4D42_4544, let start = head.le32(126), let bytes = head.le32(130) {
            profile = (Int64(start), Int64(bytes))
        } else {
            profile = nil
        }
    }

    /// OS/2 2.x uses some numbers for other things.
    private var isRunLength: Bool { compression == 1 || compression == 2 || size == 64 && compression == 4 }

    /// Of the whole pixel array; `nil` where the compression leaves it open.
    var pixelBytes: Int64? {
        guard width > 0, height != 0, bits > 0 else { return nil }
        if [0, 3, 6].contains(compression), !(size == 64 && compression == 3) {
            let row = (Int64(width).saturatingMultiply(Int64(bits)).saturatingAdd(31) / 32).saturatingMultiply(4)
            return row.saturatingMultiply(Int64(abs(height)))
        }
        return imageSize > 0 ? Int64(imageSize) : nil
    }

    var paletteBytes: Int64 {
        let entry: Int64 = size == 12 ? 3 : 4
        // Some writers leave out colours that are not used, and say so nowhere; only what is stated counts.
        return Int64(min(colorsUsed, 256)) * entry
    }

    func describe(_ account: inout ImageAccount) {
        account.image.width = Known(width > 0 ? width : nil, else: "the width is not positive")
        // A negative height means rows from the top.
        account.image.height = Known(height != 0 ? abs(height) : nil, else: "the height is zero")
        account.image.colorProfile = .known(profile != nil)
        let names = [0: "uncompressed", 1: "rle8", 2: "rle4", 3: "bitfields", 4: "jpeg", 5: "png", 6: "bitfields"]
        let coding = size == 64 ? [0: "uncompressed", 1: "rle8", 2: "rle4", 3: "huffman", 4: "rle24"] : names
        account.image.coding = Known(coding[compression], else: "compression \(compression) has no name")
        if coding[compression] == nil {
            account.fault(.brokenIndex, at: 30, "There is no compression \(compression)")
        }
        guard [1, 2, 4, 8, 16, 24, 32].contains(bits) || bits == 0 && (4...5).contains(compression) else {
            account.fault(.brokenIndex, at: size == 12 ? 24 : 28, "There are no pixels of \(bits) bits")
            return
        }
        account.image.colorModel = .known(bits > 0 && bits <= 8 ? "palette" : "rgb")
        if bits > 0, bits <= 8 {
            account.image.bitDepth = .known(bits)
            account.image.alpha = .known(false)
            if colorsUsed > 1 << bits {
                account.fault(
                    .brokenIndex, at: 46, "\(colorsUsed) colours are stated where \(bits) bits tell \(1 << bits)")
            }
            return
        }
        let alpha = masks.count > 3 ? masks[3] : 0
        if !masks.isEmpty, masks.contains(where: { $0 != 0 }), compression != 0 {
            account.image.bitDepth = .known(masks.prefix(3).map(\.nonzeroBitCount).max() ?? 0)
        } else if bits == 0 {
            account.image.bitDepth = .unknown("it is in the picture that the file wraps")
        } else {
            account.image.bitDepth = .known(bits == 16 ? 5 : 8)
        }
        account.image.alpha =
            bits == 0 || bits == 32 && compression == 0 && alpha == 0
            ? .unknown("32 bits without a mask") : .known(alpha != 0)
    }
}
