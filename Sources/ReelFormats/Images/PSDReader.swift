internal import ReelModel

/// Reads the header and the resources of Photoshop files (Adobe Photoshop File Formats Specification).
enum PSDReader {
    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        var account = ImageAccount()
        account.image.frames = .known(1)
        account.unfollowed = "its layers were not followed"
        let head = try pager.bytes(at: 0, count: 30)
        if let channels = head.u16(12), let height = head.u32(14), let width = head.u32(18), let depth = head.u16(22),
            let mode = head.u16(24)
        {
            account.image.width = .known(width)
            account.image.height = .known(height)
            account.image.bitDepth = .known(depth)
            let models: [Int: (name: String, channels: Int)] = [
                0: ("gray", 1), 1: ("gray", 1), 2: ("palette", 1), 3: ("rgb", 3), 4: ("cmyk", 4), 8: ("gray", 1),
                9: ("lab", 3),
            ]
            account.image.colorModel = Known(models[mode]?.name, else: "colour mode \(mode) has no name")
            account.image.alpha =
                channels <= models[mode]?.channels ?? 0
                ? .known(false) : .unknown("its further channels may be transparency or selections")
        }
        // Two sections, each with its length in front: the palette, the resources.
        let palette = Int64(head.u32(26) ?? 0)
        let resources = 30 + palette
        if let size = try pager.bytes(at: resources, count: 4).u32(0) {
            try account.addPhotoshop(
                from: resources + 4, to: min(resources + 4 + Int64(size), pager.length), &pager)
        }
        account.write(into: &facts, missing: .unknown("its layers were not followed"))
    }
}

/// Reads the directory of Windows icons and cursors (Microsoft, "Icons").
enum ICOReader {
    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        var account = ImageAccount()
        account.image.frames = .known(1)
        let count = try pager.bytes(at: 4, count: 2).le16(0) ?? 0
        let table = try pager.bytes(at: 6, count: 16 * count)
        var best: (area: Int, entry: Int)?
        var end = 6 + 16 * Int64(count)
        var outside = 0
        for entry in 0..<count {
            guard let width = table.u8(16 * entry), let height = table.u8(16 * entry + 1),
                let size = table.le32(16 * entry + 8), let offset = table.le32(16 * entry + 12)
            else { break }
            // 0 is 256.
            let area = (width == 0 ? 256 : width) * (height == 0 ? 256 : height)
            if area > best?.area ?? 0 { best = (area, entry) }
            let stop = Int64(offset) + Int64(size)
            if stop > pager.length { outside += 1 }
            end = max(end, stop)
        }
        account.image.furtherPictures = .known(max(count - 1, 0))
        if let entry = best?.entry, let offset = table.le32(16 * entry + 12) {
            // The largest, as a PNG file or as a BMP's header with both masks in its height.
            let head = try pager.bytes(at: Int64(offset), count: 26)
            let isPNG = head.starts(with: PNGReader.signature)
            account.image.coding = .known(isPNG ? "png" : "bmp")
            account.image.width = Known(isPNG ? head.u32(16) : head.le32(4), else: Facts.notInHeader)
            account.image.height = Known(isPNG ? head.u32(20) : head.le32(8).map { $0 / 2 }, else: Facts.notInHeader)
            account.image.alpha = .known(true)
            account.image.colorModel = .known("rgb")
        }
        if outside > 0 {
            account.fault(
                .samplesOutsideFile, at: pager.length, bytes: end - pager.length,
                "\(outside) of \(count) pictures lie past the end of the file")
        }
        account.write(into: &facts, missing: .known(max(end - pager.length, 0)))
    }
}
