/// GIF without its notes (GIF89a, 18 to 27).
enum GIFNotes {
    static func strip(_ bytes: [UInt8], _ orientation: Int) -> [UInt8]? {
        guard bytes.count > 13, bytes.spells("GIF8", at: 0) else { return nil }
        var place = 13 + table(bytes[10])
        guard place <= bytes.count else { return nil }
        var kept = Array(bytes[..<place])
        kept.reserveCapacity(bytes.count)
        while place < bytes.count {
            let start = place
            switch bytes[place] {
            case 0x3B: return kept + [0x3B]
            case 0x2C:
                guard place + 10 < bytes.count else { return nil }
                place += 11 + table(bytes[place + 9])
                guard let end = endOfBlocks(bytes, from: place) else { return nil }
                kept += bytes[start..<end]
                place = end
            case 0x21:
                guard place + 1 < bytes.count, let end = endOfBlocks(bytes, from: place + 2) else { return nil }
                if isKept(bytes, at: place) { kept += bytes[start..<end] }
                place = end
            default: return nil
            }
        }
        return nil
    }

    /// Bytes of a table of colours, by the packed field that tells of it.
    private static func table(_ packed: UInt8) -> Int { packed & 0x80 == 0 ? 0 : 3 << (Int(packed & 7) + 1) }

    /// How long a picture is shown, and how often all are: all other extensions are notes, or text that nobody draws.
    private static func isKept(_ bytes: [UInt8], at place: Int) -> Bool {
        bytes[place + 1] == 0xF9
            || bytes[place + 1] == 0xFF
                && (bytes.spells("NETSCAPE2.0", at: place + 3) || bytes.spells("ANIMEXTS1.0", at: place + 3))
    }

    private static func endOfBlocks(_ bytes: [UInt8], from start: Int) -> Int? {
        var place = start
        while place < bytes.count {
            if bytes[place] == 0 { return place + 1 }
            place += Int(bytes[place]) + 1
        }
        return nil
    }
}
