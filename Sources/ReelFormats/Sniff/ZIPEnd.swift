/// The record that ends a ZIP archive (APPNOTE.TXT 6.3.10, 4.3.16), by which readers find the rest.
enum ZIPEnd {
    private static let size = 22
    private static let triesLimit = 64

    /// Whether a true one stands in the last bytes of a file: four bytes alone may be any compressed data, so the
    /// central directory must stand where the record says, and open as one does.
    ///
    /// - Parameter start: where `tail` stands in the file.
    static func isThere(_ tail: [UInt8], from start: Int64, _ pager: inout Pager) throws -> Bool {
        guard tail.count >= size else { return false }
        let piece = Bytes(tail)
        var tries = 0
        // Of the four bytes of the signature, one stands at every fourth place.
        var at = tail.count - 1
        while at >= 0, tries < triesLimit {
            let byte = tail[at]
            at -= 4
            if byte > 0x50 || byte != 0x50 && byte != 0x4B && byte != 5 && byte != 6 { continue }
            let place = at + 4 - (byte == 0x50 ? 0 : byte == 0x4B ? 1 : byte == 5 ? 2 : 3)
            guard place >= 0, place <= tail.count - size, tail[place] == 0x50, tail[place + 1] == 0x4B,
                tail[place + 2] == 5, tail[place + 3] == 6
            else { continue }
            tries += 1
            if try isTrue(piece, place, from: start, &pager) { return true }
        }
        return false
    }

    private static func isTrue(_ tail: Bytes, _ at: Int, from start: Int64, _ pager: inout Pager) throws -> Bool {
        guard let disk = tail.le16(at + 4), let entriesHere = tail.le16(at + 8), let entries = tail.le16(at + 10),
            let directory = tail.le32(at + 12), let comment = tail.le16(at + 20)
        else { return false }
        guard at + size + comment <= tail.count else { return false }
        // Sizes too large for the record are in another before it.
        if entries == 0xFFFF || directory == 0xFFFF_FFFF {
            return tail.starts(with: [0x50, 0x4B, 6, 7], at: at - 20)
        }
        guard disk == 0, entriesHere == entries else { return false }
        if entries == 0 { return directory == 0 && at + size + comment == tail.count }
        guard directory >= 46 * entries else { return false }
        let place = start + Int64(at) - Int64(directory)
        guard place >= 0 else { return false }
        let inTail = Int(place - start)
        if inTail >= 0 { return tail.starts(with: [0x50, 0x4B, 1, 2], at: inTail) }
        return Bytes(try pager.fetch(at: place, count: 4)).starts(with: [0x50, 0x4B, 1, 2])
    }
}
