internal import ReelModel

/// The data sets that news agencies write into pictures (IPTC-NAA Information Interchange Model 4.2).
enum IPTC {
    /// Many more data sets than anyone writes.
    private static let setLimit = 1000

    /// The entries of a run of data sets: a mark, record and number, a size, the value (3.3).
    static func entries(in bytes: Bytes) -> [MetadataEntry] {
        var found: [MetadataEntry] = []
        var at = 0
        for _ in 0..<setLimit {
            guard bytes.u8(at) == 0x1C, let record = bytes.u8(at + 1), let number = bytes.u8(at + 2),
                var size = bytes.u16(at + 3)
            else { break }
            at += 5
            if size & 0x8000 != 0 {
                // Extended: the size of the size.
                guard size & 0x7FFF == 4, let long = bytes.u32(at) else { break }
                at += 4
                size = long
            }
            if record == 2, let field = fields[number] {
                let value = MetadataText.plain(bytes.slice(from: at, count: min(size, 4 * MetadataEntry.valueLimit)))
                if !value.isEmpty { found.append(MetadataEntry(field.kind, key: field.name, value: value)) }
            }
            at += size
        }
        return found
    }

    /// The application record (6).
    private static let fields: [Int: (name: String, kind: MetadataEntry.Kind)] = [
        5: ("ObjectName", .text), 25: ("Keywords", .text), 26: ("ContentLocationCode", .place),
        27: ("ContentLocationName", .place), 55: ("DateCreated", .time), 62: ("DigitalCreationDate", .time),
        65: ("OriginatingProgram", .software), 80: ("By-line", .person), 90: ("City", .place),
        92: ("Sub-location", .place), 95: ("Province-State", .place), 100: ("Country-PrimaryLocationCode", .place),
        101: ("Country-PrimaryLocationName", .place), 105: ("Headline", .text), 110: ("Credit", .person),
        115: ("Source", .person), 116: ("CopyrightNotice", .text), 118: ("Contact", .person),
        120: ("Caption-Abstract", .text), 122: ("Writer-Editor", .person),
    ]
}

/// The resources that Photoshop keeps beside a picture, in its own files, in JPEG and in TIFF (Adobe Photoshop File
/// Formats Specification, "Image Resource Blocks").
struct PhotoshopResources {
    static let iptc = 0x0404
    static let profile = 0x040F
    static let exif = 0x0422
    static let xmp = 0x0424

    private static let countLimit = 1000

    private var position: Int64
    private let end: Int64
    private var left = PhotoshopResources.countLimit

    init(from start: Int64, to end: Int64) {
        position = start
        self.end = end
    }

    mutating func next(_ pager: inout Pager) throws -> (id: Int, body: Int64, end: Int64)? {
        guard left > 0, end - position >= 12 else { return nil }
        left -= 1
        let head = try pager.bytes(at: position, count: Int(min(end - position, 272)))
        guard head.starts(with: "8BIM"), let id = head.u16(4), let name = head.u8(6) else { return nil }
        // A name with its length, in an even number of bytes.
        let sizeAt = 6 + (1 + name + 1) & ~1
        guard let size = head.u32(sizeAt) else { return nil }
        let body = position + Int64(sizeAt) + 4
        let promised = body + Int64(size)
        position = promised + promised & 1
        return (id, body, min(promised, end))
    }
}
