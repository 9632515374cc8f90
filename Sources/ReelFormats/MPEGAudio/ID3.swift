internal import ReelModel

/// ID3v2 tags (id3.org, "ID3 tag version 2.4.0"), which stand before sound.
enum ID3 {
    private static let tagLimit = 8
    private static let frameLimit = 1000

    /// Where the tags at the start of the file end; 0 where there are none.
    static func end(_ pager: inout Pager) throws -> Int64 {
        var at: Int64 = 0
        for _ in 0..<tagLimit {
            guard let size = size(try pager.bytes(at: at, count: 10)) else { break }
            at += size
        }
        return min(at, pager.length)
    }

    /// Header, frames and footer (3.1, 3.4). Sizes use seven bits of a byte.
    private static func size(_ head: Bytes) -> Int64? {
        guard head.starts(with: "ID3"), let major = head.u8(3), major < 0xFF, let flags = head.u8(5),
            let size = synchsafe(head, 6)
        else { return nil }
        return Int64(10 + size + (flags & 0x10 != 0 ? 10 : 0))
    }

    private static func synchsafe(_ bytes: Bytes, _ at: Int) -> Int? {
        var value = 0
        for index in 0..<4 {
            guard let byte = bytes.u8(at + index), byte < 0x80 else { return nil }
            value = value << 7 | byte
        }
        return value
    }

    /// The codings of the pictures in the first tag (4.14), as FFmpeg names them.
    static func pictures(_ pager: inout Pager) throws -> [Known<String>] {
        let head = try pager.bytes(at: 0, count: 10)
        guard let size = size(head), let major = head.u8(3), let flags = head.u8(5) else { return [] }
        // Old tags with this flag have to be restored byte by byte first.
        if flags & 0x80 != 0, major < 4 { return [] }
        let end = min(size, pager.length)
        var found: [Known<String>] = []
        var at: Int64 = 10
        let headerSize: Int64 = major == 2 ? 6 : 10
        for _ in 0..<frameLimit where at + headerSize < end {
            let frame = try pager.bytes(at: at, count: 10)
            guard let first = frame.u8(0), first != 0 else { break }
            let name = frame.text(0, major == 2 ? 3 : 4)
            let length = major == 2 ? frame.u24(3) : major == 3 ? frame.u32(4) : synchsafe(frame, 4)
            guard let length else { break }
            if name == "APIC" || name == "PIC" {
                let body = try pager.bytes(at: at + headerSize + 1, count: min(length, 32))
                found.append(coding(body))
            }
            at += headerSize + Int64(length)
        }
        return found
    }

    /// By its media type, or by the three letters of version 2.2.
    private static func coding(_ body: Bytes) -> Known<String> {
        let type = (body.text(0, body.count) ?? "").prefix { $0 != "\0" }.lowercased()
        let names = [
            "image/jpeg": "mjpeg", "image/jpg": "mjpeg", "jpg": "mjpeg", "image/png": "png", "png": "png",
            "image/gif": "gif", "image/bmp": "bmp", "image/tiff": "tiff", "image/webp": "webp",
        ]
        return Known(names[type] ?? names[String(type.prefix(3))], else: "the picture's type is not known here")
    }
}
