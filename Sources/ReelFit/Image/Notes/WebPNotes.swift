/// WebP without its notes (RFC 9649, 2.4 to 2.7).
enum WebPNotes {
    private static let looks: Set<String> = ["VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP"]
    /// Bits of the extended header: that there is Exif, and that there is XMP.
    private static let (hasExif, hasXMP): (UInt8, UInt8) = (0x08, 0x04)

    static func strip(_ bytes: [UInt8], _ orientation: Int) -> [UInt8]? {
        guard bytes.count >= 20, bytes.spells("RIFF", at: 0), bytes.spells("WEBP", at: 8) else { return nil }
        let stop = 8 + bytes.little(at: 4)
        guard stop <= bytes.count else { return nil }
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var place = 12
        // Without the extended header there is no place for a note, and none was there.
        var isExtended = false
        while place + 8 <= stop {
            let length = bytes.little(at: place + 4)
            let end = place + 8 + length + (length & 1)
            guard end <= bytes.count else { return nil }
            let name = String(decoding: bytes[place..<place + 4], as: UTF8.self)
            if looks.contains(name) {
                let start = kept.count
                kept += bytes[place..<end]
                if name == "VP8X", length >= 10 {
                    isExtended = true
                    kept[start + 8] &= ~(hasExif | hasXMP)
                    if orientation != 1 { kept[start + 8] |= hasExif }
                }
            }
            place = end
        }
        guard !kept.isEmpty else { return nil }
        if isExtended, orientation != 1 {
            let note = OrientationNote.bytes(orientation)
            kept += Array("EXIF".utf8) + .little(note.count) + note
        }
        return Array("RIFF".utf8) + .little(kept.count + 4) + Array("WEBP".utf8) + kept
    }
}
