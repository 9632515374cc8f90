internal import ReelModel

/// What an ISO BMFF file says of its own making, in the several places where writers have put that, in the order of
/// the file.
struct MovieMetadata {
    private(set) var entries: [MetadataEntry] = []

    /// Of one value: text is far shorter.
    static let valueLimit = 4096
    /// Items of one list.
    static let itemLimit = 1000

    mutating func add(_ kind: MetadataEntry.Kind, _ key: String, _ value: String?) {
        guard let value = value.map(MovieMetadata.trimmed), !value.isEmpty, entries.count < Facts.metadataLimit else {
            return
        }
        let entry = MetadataEntry(kind, key: key, value: value)
        if !entries.contains(entry) { entries.append(entry) }
    }

    mutating func add(_ more: [MetadataEntry]) {
        for entry in more where entries.count < Facts.metadataLimit && !entries.contains(entry) {
            entries.append(entry)
        }
    }

    /// A place, in decimal degrees where it is coordinates.
    mutating func addPlace(_ key: String, _ text: String?) {
        add(.place, key, text.map { Coordinates(iso6709: $0)?.text ?? $0 })
    }

    private static func trimmed(_ text: String) -> String {
        var scalars = Substring.UnicodeScalarView(text.unicodeScalars)
        while let last = scalars.last, last.value <= 0x20 { scalars.removeLast() }
        while let first = scalars.first, first.value <= 0x20 { scalars.removeFirst() }
        return String(scalars)
    }

    /// When the movie was made: seconds since 1904 (ISO/IEC 14496-12, 8.2.2.3). 0 says nothing; some write seconds
    /// since 1970, which would be before 1970 here, and tell nothing for certain.
    mutating func addCreation(_ body: Bytes) {
        let seconds = body.u8(0) == 1 ? body.u64(4).map { Int64(clamping: $0) } : body.u32(4).map { Int64($0) }
        guard let seconds, seconds > 2_082_844_800, seconds < 6_000_000_000 else { return }
        add(.time, "creation_time", CalendarText.utc(secondsSince1970: seconds - 2_082_844_800))
    }

    // MARK: Boxes of a type of their own (ISO/IEC 14496-12, 11.1)

    mutating func readUnique(_ box: Box, _ pager: inout Pager) throws {
        let head = try box.contents(limit: 64, &pager)
        if head.starts(with: MovieMetadata.xmp) {
            let packet = try pager.bytes(at: box.body + 16, count: Int(min(box.bodySize - 16, Int64(XMP.packetLimit))))
            add(XMP.entries(in: packet))
        } else if head.starts(with: MovieMetadata.contentCredentials) {
            // C2PA Technical Specification 2.1, A.5: version and flags, the purpose as text, an offset.
            let size = Int(min(box.bodySize - 16, Int64(ContentCredentials.scanLimit)))
            add(ContentCredentials.entries(in: try pager.bytes(at: box.body + 16, count: size), place: "uuid C2PA"))
        }
    }

    mutating func readJUMBF(_ box: Box, _ pager: inout Pager) throws {
        let store = try box.contents(limit: ContentCredentials.scanLimit, &pager)
        guard store.first(Array("c2pa".utf8)) != nil else { return }
        add(ContentCredentials.entries(in: store, place: "jumb C2PA"))
    }

    /// Adobe XMP Specification Part 3, 1.2.7.
    private static let xmp: [UInt8] = [
        0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC,
    ]
    private static let contentCredentials: [UInt8] = [
        0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81,
    ]
}

extension Bytes {
    /// Text in UTF-8, in UTF-16 where a mark says so, else byte by byte; as far as its first zero.
    var string: String {
        if starts(with: [0xFE, 0xFF]) || starts(with: [0xFF, 0xFE]) {
            return slice(from: 2).utf16(bigEndian: u8(0) == 0xFE)
        }
        let text = array.prefix { $0 != 0 }
        return String(validating: text, as: UTF8.self) ?? self.text(0, text.count) ?? ""
    }

    func utf16(bigEndian: Bool) -> String {
        var units: [UInt16] = []
        var at = 0
        while let unit = bigEndian ? u16(at) : le16(at), unit != 0 {
            units.append(UInt16(unit))
            at += 2
        }
        return String(decoding: units, as: UTF16.self)
    }
}
