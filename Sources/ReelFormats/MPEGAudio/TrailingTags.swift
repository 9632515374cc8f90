internal import ReelModel

/// Tags behind the sound: ID3v1 (id3.org), APE (Monkey's Audio, "APEv2 specification"), Lyrics3.
struct TrailingTags {
    /// Where the sound ends.
    private(set) var start: Int64
    private(set) var metadata: [MetadataEntry] = []

    private static let apeLimit = 64 << 10

    init(_ pager: inout Pager) throws {
        start = pager.length
        let old = try pager.bytes(at: max(start - 128, 0), count: 128)
        if old.count == 128, old.starts(with: "TAG") {
            start -= 128
            let fields: [(MetadataEntry.Kind, String, Int, Int)] = [
                (.text, "title", 3, 30), (.person, "artist", 33, 30), (.text, "album", 63, 30), (.time, "year", 93, 4),
                (.text, "comment", 97, 30),
            ]
            for (kind, name, at, size) in fields {
                let value = TagName.trimmed(String((old.text(at, size) ?? "").prefix { $0 != "\0" }))
                if !value.isEmpty { metadata.append(MetadataEntry(kind, key: "ID3v1 \(name)", value: value)) }
            }
        }
        let footer = try pager.bytes(at: max(start - 32, 0), count: 32)
        if footer.starts(with: "APETAGEX"), let size = footer.le32(12), let items = footer.le32(16),
            let flags = footer.le32(20), Int64(size) <= start
        {
            let body = start - Int64(size)
            try readItems(try pager.bytes(at: body, count: min(size, Self.apeLimit)), items)
            // The size counts the footer, not the header.
            start = max(body - (flags & 0x8000_0000 != 0 ? 32 : 0), 0)
        }
        let lyrics = try pager.bytes(at: max(start - 15, 0), count: 15)
        if lyrics.starts(with: "LYRICS200", at: 6), let size = Int(lyrics.text(0, 6) ?? "") {
            start = max(start - 15 - Int64(size), 0)
        }
    }

    private mutating func readItems(_ body: Bytes, _ count: Int) throws {
        var at = 0
        for _ in 0..<min(count, 100) {
            guard let size = body.le32(at), let flags = body.le32(at + 4) else { return }
            let rest = body.slice(from: at + 8, count: 256).array
            guard let end = rest.firstIndex(of: 0) else { return }
            let key = String(decoding: rest[..<end], as: UTF8.self)
            at += 8 + end + 1
            // Bits 1 and 2: text is 0.
            if flags >> 1 & 3 == 0 {
                let value = String(decoding: body.slice(from: at, count: min(size, 1024)).array, as: UTF8.self)
                if let entry = TagName.entry(key, value) { metadata.append(entry) }
            }
            at += size
        }
    }
}
