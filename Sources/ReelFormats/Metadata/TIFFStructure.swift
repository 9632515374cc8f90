internal import ReelModel

/// A TIFF structure (TIFF 6.0, section 2): directories of entries with values. EXIF and the index of multi-picture
/// files are written in it too, somewhere inside another file. BigTIFF is the same with wider numbers.
struct TIFFStructure {
    /// Where the structure stands in the file; its offsets count from there.
    let base: Int64
    /// Where it ends at the latest.
    let limit: Int64
    let isLittleEndian: Bool
    /// BigTIFF: offsets and counts of eight bytes.
    let isBig: Bool
    /// From `base`.
    let firstDirectory: Int64

    init?(at base: Int64, limit: Int64, _ pager: inout Pager) throws {
        let head = try pager.bytes(at: base, count: Int(min(16, max(limit - base, 0))))
        switch head.text(0, 2) {
        case "II": isLittleEndian = true
        case "MM": isLittleEndian = false
        default: return nil
        }
        self.base = base
        self.limit = limit
        let little = isLittleEndian
        switch little ? head.le16(2) : head.u16(2) {
        case 42:
            isBig = false
            guard let first = little ? head.le32(4) : head.u32(4) else { return nil }
            firstDirectory = Int64(first)
        case 43:
            isBig = true
            guard (little ? head.le16(4) : head.u16(4)) == 8, let first = little ? head.le64(8) : head.u64(8) else {
                return nil
            }
            firstDirectory = Int64(clamping: first)
        default: return nil
        }
        guard firstDirectory >= 8 else { return nil }
    }

    func u16(_ bytes: Bytes, _ at: Int) -> Int? { isLittleEndian ? bytes.le16(at) : bytes.u16(at) }
    func u32(_ bytes: Bytes, _ at: Int) -> Int? { isLittleEndian ? bytes.le32(at) : bytes.u32(at) }
    func u64(_ bytes: Bytes, _ at: Int) -> Int64? {
        (isLittleEndian ? bytes.le64(at) : bytes.u64(at)).map { Int64(clamping: $0) }
    }

    /// An offset or a count, as wide as the structure has them.
    private func wide(_ bytes: Bytes, _ at: Int) -> Int64? {
        isBig ? u64(bytes, at) : u32(bytes, at).map { Int64($0) }
    }

    /// The directory that stands `offset` bytes behind `base`; `nil` where there is none.
    func directory(at offset: Int64, _ pager: inout Pager) throws -> TIFFDirectory? {
        let start = base.saturatingAdd(offset)
        guard offset >= 8, start < limit else { return nil }
        let head = try pager.bytes(at: start, count: 8)
        guard let count = isBig ? u64(head, 0) : u16(head, 0).map({ Int64($0) }), count > 0, count <= 65535 else {
            return nil
        }
        let entrySize = isBig ? 20 : 12
        let table = start + (isBig ? 8 : 2)
        let tableSize = count * Int64(entrySize) + (isBig ? 8 : 4)
        var directory = TIFFDirectory()
        directory.end = table + tableSize
        let bytes = try pager.bytes(at: table, count: Int(min(tableSize, max(limit - table, 0))))
        for index in 0..<Int(count) {
            let at = index * entrySize
            guard let tag = u16(bytes, at), let kind = u16(bytes, at + 2), let values = wide(bytes, at + 4),
                let place = wide(bytes, at + (isBig ? 12 : 8))
            else {
                directory.isCut = true
                break
            }
            let room = isBig ? 8 : 4
            var entry = TIFFEntry(tag: tag, kind: kind, count: values, place: base.saturatingAdd(place))
            if entry.size <= Int64(room) {
                let inline = at + (isBig ? 12 : 8)
                entry.inline = bytes.slice(from: inline, count: Int(entry.size))
                entry.place = table + Int64(inline)
            }
            // The first of several with the same tag is the one that readers take.
            if directory.entries[tag] == nil { directory.entries[tag] = entry }
        }
        directory.next = wide(bytes, Int(count) * entrySize) ?? 0
        return directory
    }

    // MARK: Values

    /// The bytes of an entry's values, as far as `most` and the structure go.
    func bytes(of entry: TIFFEntry, most: Int, _ pager: inout Pager) throws -> Bytes {
        if let inline = entry.inline { return inline.slice(from: 0, count: most) }
        guard entry.place >= 0, entry.place < limit else { return Bytes([]) }
        return try pager.bytes(at: entry.place, count: Int(min(entry.size, Int64(most), limit - entry.place)))
    }

    /// Whole numbers, the first `most` of them; empty where the values are none.
    func integers(_ entry: TIFFEntry?, most: Int = 1, _ pager: inout Pager) throws -> [Int64] {
        guard let entry, entry.unit > 0 else { return [] }
        let values = try bytes(of: entry, most: most * entry.unit, &pager)
        var numbers: [Int64] = []
        for at in stride(from: 0, to: values.count, by: entry.unit) {
            let number: Int64?
            switch entry.kind {
            case 1, 7: number = values.u8(at).map { Int64($0) }
            case 3: number = u16(values, at).map { Int64($0) }
            case 4, 13: number = u32(values, at).map { Int64($0) }
            case 16, 18: number = u64(values, at)
            default: number = nil
            }
            guard let number else { break }
            numbers.append(number)
        }
        return numbers
    }

    func integer(_ entry: TIFFEntry?, _ pager: inout Pager) throws -> Int? {
        try integers(entry, &pager).first.flatMap { Int(exactly: $0) }
    }

    /// Fractions, as numbers; `nil` for those over 0.
    func fractions(_ entry: TIFFEntry?, most: Int, _ pager: inout Pager) throws -> [Double?] {
        guard let entry, entry.kind == 5 || entry.kind == 10 else { return [] }
        let values = try bytes(of: entry, most: most * 8, &pager)
        return stride(from: 0, to: values.count - 7, by: 8).map { at in
            guard let over = u32(values, at), let under = u32(values, at + 4), under != 0 else { return nil }
            if entry.kind == 10 {
                return Double(Int32(truncatingIfNeeded: over)) / Double(Int32(truncatingIfNeeded: under))
            }
            return Double(over) / Double(under)
        }
    }
}

/// One directory of a TIFF structure.
struct TIFFDirectory {
    fileprivate(set) var entries: [Int: TIFFEntry] = [:]
    /// Where the next directory stands, from the structure's start; 0 where there is none.
    fileprivate(set) var next: Int64 = 0
    /// Where the directory ends in the file.
    fileprivate(set) var end: Int64 = 0
    /// Whether the structure ends inside it.
    fileprivate(set) var isCut = false

    subscript(tag: Int) -> TIFFEntry? { entries[tag] }
}

struct TIFFEntry {
    let tag: Int
    /// The type of its values (section 2).
    let kind: Int
    let count: Int64
    /// Where its values stand in the file.
    fileprivate(set) var place: Int64
    /// The values where they fit in the entry.
    fileprivate(set) var inline: Bytes?

    fileprivate init(tag: Int, kind: Int, count: Int64, place: Int64) {
        self.tag = tag
        self.kind = kind
        self.count = count
        self.place = place
    }

    /// Bytes of one value.
    var unit: Int {
        switch kind {
        case 1, 2, 6, 7: 1
        case 3, 8: 2
        case 4, 9, 11, 13: 4
        case 5, 10, 12, 16, 17, 18: 8
        default: 0
        }
    }

    /// Bytes of all its values.
    var size: Int64 { count.saturatingMultiply(Int64(unit)) }
}
