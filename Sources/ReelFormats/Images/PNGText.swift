internal import ReelModel

/// Text in PNG files (W3C PNG, third edition, 11.3.3): a keyword, and words in Latin-1 or UTF-8, packed or not. Under
/// keywords of their own, XMP, EXIF and IPTC are kept there too.
enum PNGText {
    /// Unpacked text beyond this is left aside.
    private static let unpackedLimit = 256 << 10

    private static let kinds: [String: MetadataEntry.Kind] = [
        "Author": .person, "Artist": .person, "Software": .software, "Source": .device, "Creation Time": .time,
        "date:create": .time, "date:modify": .time, "create-date": .time, "modify-date": .time,
    ]

    static func take(_ type: String, _ body: Bytes, _ account: inout ImageAccount) throws {
        guard let keyEnd = body.first(0), keyEnd > 0, let keyword = body.text(0, keyEnd) else { return }
        var text = body.slice(from: keyEnd + 1)
        switch type {
        case "zTXt": text = text.u8(0) == 0 ? unpacked(text.slice(from: 1)) : Bytes([])
        case "iTXt":
            let isPacked = text.u8(0) == 1
            // Language and translated keyword, each ended by a zero.
            guard let language = text.first(0, from: 2), let translated = text.first(0, from: language + 1) else {
                return
            }
            text = text.slice(from: translated + 1)
            if isPacked { text = unpacked(text) }
        default: break
        }
        switch keyword {
        case "XML:com.adobe.xmp": account.addXMP(text)
        case _ where keyword.hasPrefix("Raw profile type "):
            try takeRawProfile(String(keyword.dropFirst(17)), text, &account)
        default:
            let value = MetadataText.plain(text.slice(from: 0, count: 4 * MetadataEntry.valueLimit))
            account.add(kinds[keyword] ?? .text, keyword, value)
        }
    }

    /// ImageMagick's way: the name, the length in decimal, then the bytes in hexadecimal, all in lines.
    private static func takeRawProfile(_ name: String, _ text: Bytes, _ account: inout ImageAccount) throws {
        var fields = text.array.split(maxSplits: 3) { $0 == 10 }
        guard fields.count >= 3 else { return }
        let digits = fields.removeLast()
        var bytes: [UInt8] = []
        var upper: UInt8?
        for digit in digits {
            let value: UInt8
            switch digit {
            case 0x30...0x39: value = digit - 0x30
            case 0x61...0x66: value = digit - 0x61 + 10
            case 0x41...0x46: value = digit - 0x41 + 10
            default: continue
            }
            if let half = upper {
                bytes.append(half << 4 | value)
                upper = nil
            } else {
                upper = value
            }
        }
        var pager = Pager(MemorySource(bytes))
        switch name {
        case "exif", "APP1":
            let isPrefixed = Bytes(bytes).starts(with: "Exif\0\0")
            if Bytes(bytes).starts(with: "http://ns.adobe.com/xap/1.0/\0") {
                account.addXMP(Bytes(bytes).slice(from: 29))
            } else {
                try account.addExif(at: isPrefixed ? 6 : 0, limit: pager.length, &pager)
            }
        case "xmp": account.addXMP(Bytes(bytes))
        case "iptc", "8bim":
            if bytes.first == 0x1C {
                account.add(IPTC.entries(in: Bytes(bytes)))
            } else {
                try account.addPhotoshop(from: 0, to: pager.length, &pager)
            }
        case "icc", "icm": account.image.colorProfile = .known(true)
        default: break
        }
    }

    private static func unpacked(_ bytes: Bytes) -> Bytes {
        Bytes(Inflate.unpacked(zlib: bytes, limit: unpackedLimit) ?? [])
    }
}
