internal import ReelModel

/// Reads the size of JPEG 2000 files (ISO/IEC 15444-1, annexes A and I), in boxes or bare.
enum JP2Reader {
    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        var account = ImageAccount()
        account.image.frames = .known(1)
        account.image.coding = .known("jpeg2000")
        account.unfollowed = "its code stream was not followed"
        if try pager.bytes(at: 0, count: 4).starts(with: [0xFF, 0x4F, 0xFF, 0x51]) {
            try readSize(at: 4, &pager, &account)
        } else {
            var boxes = BoxWalk(from: 0, to: pager.length)
            while let box = try boxes.next(&pager) {
                switch box.type {
                case "jp2h": try readHeader(box, &pager, &account)
                case "jp2c" where account.image.width.value == nil:
                    try readSize(at: box.body + 4, &pager, &account)
                case "uuid":
                    // XMP Specification Part 3, 1.1.4
                    let xmp: [UInt8] = [
                        0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC,
                    ]
                    if try box.contents(limit: 16, &pager).starts(with: xmp) {
                        try account.addXMP(at: box.body + 16, end: box.end, &pager)
                    }
                default: continue
                }
            }
        }
        account.write(into: &facts, missing: .unknown("its code stream was not followed"))
    }

    /// I.5.3
    private static func readHeader(_ box: Box, _ pager: inout Pager, _ account: inout ImageAccount) throws {
        var parts = BoxWalk(inside: box)
        while let part = try parts.next(&pager) {
            let body = try part.contents(limit: 64, &pager)
            switch part.type {
            case "ihdr":
                account.image.height = Known(body.u32(0), else: Facts.notInHeader)
                account.image.width = Known(body.u32(4), else: Facts.notInHeader)
                if let depth = body.u8(10), depth != 255 { account.image.bitDepth = .known(depth & 0x7F + 1) }
            case "colr":
                // Enumerated: 16 sRGB, 17 gray, 18 sYCC, 12 CMYK; 2 and 3 are profiles.
                let names = [12: "cmyk", 14: "lab", 16: "rgb", 17: "gray", 18: "ycbcr"]
                if body.u8(0) == 1, let name = body.u32(3).flatMap({ names[$0] }) {
                    account.image.colorModel = .known(name)
                } else if let method = body.u8(0), method == 2 || method == 3 {
                    account.image.colorProfile = .known(true)
                }
            case "cdef":
                // I.5.3.6: channel kinds; 1 and 2 are opacity.
                let count = body.u16(0) ?? 0
                account.image.alpha = .known((0..<count).contains { (1...2).contains(body.u16(4 + 6 * $0) ?? 0) })
            case "pclr": account.image.colorModel = .known("palette")
            default: continue
            }
        }
    }

    /// A.5.1
    private static func readSize(at start: Int64, _ pager: inout Pager, _ account: inout ImageAccount) throws {
        let size = try pager.bytes(at: start, count: 40)
        guard let right = size.u32(4), let bottom = size.u32(8), let left = size.u32(12), let top = size.u32(16),
            right > left, bottom > top
        else { return }
        account.image.width = .known(right - left)
        account.image.height = .known(bottom - top)
        if let depth = size.u8(38) { account.image.bitDepth = .known(depth & 0x7F + 1) }
    }
}
