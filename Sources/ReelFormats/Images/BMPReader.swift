internal import ReelModel

/// Reads BMP files (Microsoft, "Bitmap Storage"; OS/2 1.x and 2.x headers).
enum BMPReader {
    /// Of the header that follows the file header: what tells its version.
    static let headerSizes: Set<Int> = [12, 16, 40, 52, 56, 64, 108, 124]

    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        var image = ImageFacts()
        image.frames = .known(1)
        image.orientation = .known(1)
        let head = try pager.bytes(at: 0, count: 14 + 124)
        let headerSize = head.le32(14) ?? 0
        var bits: Int?
        if headerSize == 12 {
            image.width = Known(head.le16(18), else: Facts.notInHeader)
            image.height = Known(head.le16(20), else: Facts.notInHeader)
            bits = head.le16(24)
        } else {
            let width = head.le32(18).map { Int(Int32(truncatingIfNeeded: $0)) }
            // A negative height means rows from the top.
            let height = head.le32(22).map { abs(Int(Int32(truncatingIfNeeded: $0))) }
            image.width = Known(width.flatMap { $0 > 0 ? $0 : nil }, else: "the width is not positive")
            image.height = Known(height.flatMap { $0 > 0 ? $0 : nil }, else: "the height is zero")
            bits = head.le16(28)
        }
        if let bits {
            image.colorModel = .known(bits <= 8 ? "palette" : "rgb")
            image.bitDepth = bits == 16 ? .unknown("it is in the masks") : .known(bits <= 8 ? bits : 8)
        }
        let compression = headerSize >= 40 ? head.le32(30) ?? 0 : 0
        let alphaMask = headerSize >= 56 ? head.le32(66) ?? 0 : 0
        image.alpha = bits == 32 && alphaMask == 0 ? .unknown("32 bits without a mask") : .known(alphaMask != 0)
        // V5: a profile embedded ("MBED") or linked ("LINK").
        let space = headerSize == 124 ? head.le32(70) : nil
        image.colorProfile = .known(space == 0x4D42_4544)
        facts.describe(image)

        // The size in the file header is often wrong, the pixel array's own is not.
        guard let offset = head.le32(10), let width = image.width.value, let height = image.height.value, let bits,
            [0, 3, 6].contains(compression)
        else {
            let stated = head.le32(2) ?? 0
            facts.missingBytes =
                head.count < 26 ? .known(Int64(26 - head.count)) : .known(max(Int64(stated) - pager.length, 0))
            return
        }
        let row = (Int64(width).saturatingMultiply(Int64(bits)).saturatingAdd(31) / 32).saturatingMultiply(4)
        let end = Int64(offset).saturatingAdd(row.saturatingMultiply(Int64(height)))
        facts.missingBytes = .known(max(end - pager.length, 0))
    }
}
