#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// JPEG without its notes (ITU-T T.81, annex B).
enum JPEGNotes {
    static func strip(_ bytes: [UInt8], _ orientation: Int) -> [UInt8]? {
        guard bytes.count > 4, bytes[0] == 0xFF, bytes[1] == 0xD8 else { return nil }
        var kept: [UInt8] = [0xFF, 0xD8]
        kept.reserveCapacity(bytes.count)
        var place = 2
        var noted = orientation == 1
        while place + 1 < bytes.count {
            guard bytes[place] == 0xFF else { return nil }
            let marker = bytes[place + 1]
            switch marker {
            case 0xFF: place += 1  // A fill byte (B.1.1.2).
            case 0xD9: return kept + [0xFF, 0xD9]
            case 0x01, 0xD0...0xD7: place += 2
            default:
                guard place + 4 <= bytes.count else { return nil }
                let length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
                let end = place + 2 + length
                guard length >= 2, end <= bytes.count else { return nil }
                // JFIF says that it stands first; the note goes behind it.
                if !noted, marker != 0xE0 {
                    kept += note(orientation)
                    noted = true
                }
                if isKept(bytes, marker, at: place + 4, until: end) { kept += bytes[place..<end] }
                place = end
                guard marker == 0xDA else { continue }
                guard let stop = endOfScan(bytes, from: place) else { return nil }
                kept += bytes[place..<stop]
                place = stop
            }
        }
        return nil
    }

    /// JFIF, a colour profile (ICC.1:2010, B.4) and Adobe's transform decide how the picture looks; all other
    /// application data and comments are notes.
    private static func isKept(_ bytes: [UInt8], _ marker: UInt8, at place: Int, until end: Int) -> Bool {
        switch marker {
        case 0xE0: bytes.spells("JFIF\0", at: place)
        case 0xE2: bytes.spells("ICC_PROFILE\0", at: place)
        case 0xEE: bytes.spells("Adobe", at: place)
        case 0xE1...0xEF, 0xFE: false
        default: true
        }
    }

    private static func note(_ orientation: Int) -> [UInt8] {
        let body = Array("Exif\0\0".utf8) + OrientationNote.bytes(orientation)
        return [0xFF, 0xE1, 0, UInt8(body.count + 2)] + body
    }

    /// Where the marker behind coded data stands: a byte of 255 that is followed by neither 0 nor a restart (B.1.1.5).
    private static func endOfScan(_ bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBytes { raw in
            guard let base = raw.baseAddress else { return nil }
            var from = start
            while from + 1 < raw.count, let found = memchr(base + from, 0xFF, raw.count - from - 1) {
                let place = UnsafeRawPointer(found) - base
                switch raw[place + 1] {
                case 0, 0xD0...0xD7, 0xFF: from = place + (raw[place + 1] == 0xFF ? 1 : 2)
                default: return place
                }
            }
            return nil
        }
    }
}
