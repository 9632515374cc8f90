internal import ReelModel

/// Reads GIF files (GIF89a specification): every block, since only their number tells an animation from a still.
enum GIFReader {
    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        var account = ImageAccount()
        account.image.colorModel = .known("palette")
        account.image.bitDepth = .known(8)
        account.image.coding = .known("lzw")
        let screen = try pager.bytes(at: 6, count: 7)
        if let width = screen.le16(0), let height = screen.le16(2) {
            account.image.width = .known(width)
            account.image.height = .known(height)
        }
        var walk = GIFBlocks(at: 13 + GIFBlocks.colorTable(screen.u8(4)))
        let end: GIFBlocks.End
        do {
            end = try walk.run(&pager, &account)
        } catch is Pager.TooMuchToRead {
            end = .tooMany
        }
        let missing: Known<Int64>
        switch end {
        case .trailer:
            walk.describe(&account.image)
            // A picture's descriptor has ten bytes (20).
            missing = .known(account.image.frames.value == 0 ? 10 : 0)
            try account.addStrayBytes(from: walk.position + 1, &pager)
        case .withoutTrailer:
            // The trailer is one byte (27), and stands behind a picture that is whole.
            walk.describe(&account.image)
            account.fault(.missingEnd, at: pager.length, bytes: 1, "Every block is whole, only the trailer is missing")
            missing = .known(1)
        case .cut:
            let why = "the file is not whole"
            account.image.frames = .unknown(why)
            account.image.duration = .unknown(why)
            account.unfollowed = why
            missing = .known(max(walk.position - pager.length, 0) + 1)
        case .damaged:
            let why = "byte \(walk.position) opens no block"
            account.image.frames = .unknown(why)
            account.image.duration = .unknown(why)
            account.fault(.brokenFraming, at: walk.position, "Byte \(walk.position) opens no block")
            missing = .unknown(why)
        case .tooMany:
            let why = "it has too many blocks to be counted"
            account.image.frames = .unknown(why)
            account.image.duration = .unknown(why)
            account.unfollowed = why
            missing = .unknown(why)
        }
        account.write(into: &facts, missing: missing)
    }
}
