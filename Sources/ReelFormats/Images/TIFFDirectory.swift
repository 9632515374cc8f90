/// The first directory of a TIFF structure (TIFF 6.0, section 2), which is also what EXIF is written in.
struct TIFFDirectory {
    /// Tag to its first value, for values of whole numbers that fit in an entry.
    private var first: [Int: Int] = [:]
    /// Tag to the number of its values.
    private var counts: [Int: Int] = [:]
    /// Where the entries' values stand that do not fit in them.
    private var places: [Int: Int] = [:]
    private(set) var hasNext = false
    /// Where the directory ends, from the structure's start.
    private(set) var end: Int64 = 0

    /// - Parameters:
    ///   - base: where the structure stands in the file; its offsets count from there.
    ///   - limit: where it ends at the latest.
    init?(at base: Int64, limit: Int64, _ pager: inout Pager) throws {
        let head = try pager.bytes(at: base, count: Int(min(8, max(limit - base, 0))))
        let little: Bool
        switch head.text(0, 2) {
        case "II": little = true
        case "MM": little = false
        default: return nil
        }
        func number16(_ bytes: Bytes, _ at: Int) -> Int? { little ? bytes.le16(at) : bytes.u16(at) }
        func number32(_ bytes: Bytes, _ at: Int) -> Int? { little ? bytes.le32(at) : bytes.u32(at) }

        guard number16(head, 2) == 42, let offset = number32(head, 4), offset >= 8,
            Int64(offset) < limit - base,
            let count = number16(try pager.bytes(at: base + Int64(offset), count: 2), 0), count > 0
        else { return nil }
        let start = base + Int64(offset) + 2
        let table = try pager.bytes(at: start, count: Int(min(Int64(count) * 12 + 4, limit - start)))
        end = Int64(offset) + 2 + Int64(count) * 12 + 4
        for entry in 0..<count {
            let at = entry * 12
            guard let tag = number16(table, at), let kind = number16(table, at + 2), let size = number32(table, at + 4),
                let word = number32(table, at + 8)
            else { break }
            counts[tag] = size
            places[tag] = word
            switch kind {
            case 1, 7: first[tag] = table.u8(at + 8)
            case 3 where size <= 2: first[tag] = number16(table, at + 8)
            case 3:
                first[tag] = number16(try pager.bytes(at: base.saturatingAdd(Int64(word)), count: 2), 0)
            case 4: if size == 1 { first[tag] = word }
            default: break
            }
        }
        hasNext = (number32(table, count * 12) ?? 0) != 0
    }

    func value(_ tag: Int) -> Int? { first[tag] }
    func count(_ tag: Int) -> Int? { counts[tag] }

    /// EXIF orientation (CIPA DC-008, 4.6.4, tag 274); other numbers than 1 to 8 mean nothing.
    var orientation: Int? { value(274).flatMap { (1...8).contains($0) ? $0 : nil } }
}
