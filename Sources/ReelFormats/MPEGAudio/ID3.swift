internal import ReelModel

/// ID3v2 tags (id3.org, "ID3 tag version 2.4.0"), which stand before sound, and inside chunks of WAVE and AIFF.
enum ID3 {
    private static let tagLimit = 8

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
    static func size(_ head: Bytes) -> Int64? {
        guard head.starts(with: "ID3"), let major = head.u8(3), major < 0xFF, let flags = head.u8(5),
            let size = synchsafe(head, 6)
        else { return nil }
        return Int64(10 + size + (flags & 0x10 != 0 ? 10 : 0))
    }

    static func synchsafe(_ bytes: Bytes, _ at: Int) -> Int? {
        var value = 0
        for index in 0..<4 {
            guard let byte = bytes.u8(at + index), byte < 0x80 else { return nil }
            value = value << 7 | byte
        }
        return value
    }
}

/// One tag: what its frames say of the file's making, and the pictures in it.
struct ID3Tag {
    /// The codings of the pictures (4.14), as FFmpeg names them.
    private(set) var pictures: [Known<String>] = []
    private(set) var metadata: [MetadataEntry] = []

    private static let frameLimit = 1000
    /// Of a frame of text; longer ones are read so far.
    private static let textLimit = 1024

    init() {}

    /// Reads nothing where no tag begins at `start`.
    init(at start: Int64, _ pager: inout Pager) throws {
        let head = try pager.bytes(at: start, count: 10)
        guard let size = ID3.size(head), let major = head.u8(3), (2...4).contains(major), let flags = head.u8(5) else {
            return
        }
        // Old tags with this flag have to be restored byte by byte first.
        if flags & 0x80 != 0, major < 4 { return }
        let end = min(start + size, pager.length)
        var at = start + 10
        if flags & 0x40 != 0, major > 2 {  // an extended header (3.2); its size counts itself from 2.4 on
            let field = try pager.bytes(at: at, count: 4)
            at += Int64((major == 4 ? ID3.synchsafe(field, 0) : field.u32(0).map { $0 + 4 }) ?? 0)
        }
        let headerSize: Int64 = major == 2 ? 6 : 10
        for _ in 0..<Self.frameLimit where at + headerSize < end {
            let frame = try pager.bytes(at: at, count: 10)
            guard let first = frame.u8(0), first != 0, let name = frame.text(0, major == 2 ? 3 : 4),
                let length = major == 2 ? frame.u24(3) : major == 3 ? frame.u32(4) : ID3.synchsafe(frame, 4)
            else { break }
            // Packed or enciphered frames (4.1.2) are passed over.
            let isPacked = major == 4 ? frame.u8(9).map { $0 & 0x0C != 0 } : frame.u8(9).map { $0 & 0xC0 != 0 }
            if major == 2 || isPacked == false {
                let count = min(length, name.hasPrefix("GEO") ? ContentCredentials.scanLimit : Self.textLimit)
                try read(name, pager.bytes(at: at + headerSize, count: max(min(count, Int(end - at - headerSize)), 0)))
            }
            at += headerSize + Int64(length)
        }
    }

    private mutating func read(_ name: String, _ body: Bytes) throws {
        switch name {
        case "APIC", "PIC":
            pictures.append(ID3Tag.coding(body.slice(from: 1)))
        case "TXXX", "TXX":
            let (key, value) = ID3Tag.described(body)
            if let entry = TagName.entry(key, value) { metadata.append(entry) }
        case "COMM", "COM", "USLT", "ULT":  // a language stands between encoding and description
            guard let encoding = body.u8(0) else { return }
            let (_, value) = ID3Tag.described(Bytes([UInt8(encoding)] + body.slice(from: 4).array))
            note(.text, name, value)
        case "GEOB", "GEO":
            // C2PA Technical Specification 2.1, A.3.6: a general object of this media type
            let type = (body.text(1, min(body.count - 1, 64)) ?? "").prefix { $0 != "\0" }
            if type == "application/c2pa" || type == "application/x-c2pa-manifest-store" {
                metadata += ContentCredentials.entries(in: body, place: "GEOB")
            }
        case "PRIV", "UFID": return
        default:
            guard let kind = ID3Tag.kinds[name], let encoding = body.u8(0) else { return }
            // Of several values, a zero between each, the first.
            note(kind, name, ID3Tag.text(body.slice(from: 1).array[...], encoding).first)
        }
    }

    private mutating func note(_ kind: MetadataEntry.Kind, _ key: String, _ value: String) {
        let value = TagName.trimmed(value)
        if !value.isEmpty { metadata.append(MetadataEntry(kind, key: key, value: value)) }
    }

    /// A description and a value behind it.
    private static func described(_ body: Bytes) -> (key: String, value: String) {
        guard let encoding = body.u8(0) else { return ("", "") }
        let (key, rest) = text(body.slice(from: 1).array[...], encoding)
        return (key, text(rest, encoding).first)
    }

    /// The text up to the first zero, and what follows it (4).
    private static func text(_ bytes: ArraySlice<UInt8>, _ encoding: Int) -> (first: String, rest: ArraySlice<UInt8>) {
        guard encoding == 1 || encoding == 2 else {
            let end = bytes.firstIndex(of: 0) ?? bytes.endIndex
            let part = bytes[..<end]
            let rest = end < bytes.endIndex ? bytes[(end + 1)...] : []
            if encoding == 3 { return (String(decoding: part, as: UTF8.self), rest) }
            return (String(String.UnicodeScalarView(part.map { Unicode.Scalar($0) })), rest)
        }
        var units: [UInt16] = []
        var at = bytes.startIndex
        var isLittle = false
        if encoding == 1, bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            isLittle = bytes[at] == 0xFF
            at += 2
        }
        while at + 1 < bytes.endIndex {
            let (high, low) = isLittle ? (bytes[at + 1], bytes[at]) : (bytes[at], bytes[at + 1])
            let unit = UInt16(high) << 8 | UInt16(low)
            at += 2
            if unit == 0 { break }
            units.append(unit)
        }
        return (String(decoding: units, as: UTF16.self), bytes[min(at, bytes.endIndex)...])
    }

    /// By its media type, or by the three letters of version 2.2.
    private static func coding(_ body: Bytes) -> Known<String> {
        let type = (body.text(0, min(body.count, 32)) ?? "").prefix { $0 != "\0" }.lowercased()
        let names = [
            "image/jpeg": "mjpeg", "image/jpg": "mjpeg", "jpg": "mjpeg", "image/png": "png", "png": "png",
            "image/gif": "gif", "image/bmp": "bmp", "image/tiff": "tiff", "image/webp": "webp",
        ]
        return Known(names[type] ?? names[String(type.prefix(3))], else: "the picture's type is not known here")
    }

    private static let kinds: [String: MetadataEntry.Kind] = [
        "TIT1": .text, "TIT2": .text, "TIT3": .text, "TALB": .text, "TCOP": .text, "TCON": .text, "WCOM": .text,
        "TPE1": .person, "TPE2": .person, "TPE3": .person, "TPE4": .person, "TCOM": .person, "TEXT": .person,
        "TENC": .person, "TOWN": .person, "TPUB": .person, "TOPE": .person, "TOLY": .person, "TIPL": .person,
        "TSSE": .software, "TDRC": .time, "TDEN": .time, "TDTG": .time, "TDOR": .time, "TDRL": .time, "TYER": .time,
        "TDAT": .time, "TIME": .time, "TRDA": .time,
        "TT1": .text, "TT2": .text, "TT3": .text, "TAL": .text, "TCR": .text, "TP1": .person, "TP2": .person,
        "TP3": .person, "TP4": .person, "TCM": .person, "TXT": .person, "TEN": .person, "TSS": .software, "TYE": .time,
    ]
}
