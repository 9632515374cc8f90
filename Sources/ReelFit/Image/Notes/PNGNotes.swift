/// PNG without its notes (W3C PNG, third edition, 5 and 11).
enum PNGNotes {
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    /// Besides the critical ones: those that decide how the picture looks and moves.
    private static let looks: Set<String> = [
        "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV", "cLLI", "bKGD", "hIST", "pHYs", "sPLT", "acTL",
        "fcTL", "fdAT",
    ]

    static func strip(_ bytes: [UInt8], _ orientation: Int) -> [UInt8]? {
        guard bytes.starts(with: signature) else { return nil }
        var kept = signature
        kept.reserveCapacity(bytes.count)
        var place = signature.count
        while place + 12 <= bytes.count {
            let length = bytes.big(at: place)
            let end = place + 12 + length
            guard end <= bytes.count else { return nil }
            let name = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
            // The fifth bit of the first letter tells what a decoder may pass over (5.4).
            let isCritical = bytes[place + 4] & 0x20 == 0
            if isCritical || looks.contains(name) { kept += bytes[place..<end] }
            if name == "IHDR", orientation != 1 { kept += chunk("eXIf", OrientationNote.bytes(orientation)) }
            if name == "IEND" { return kept }
            place = end
        }
        return nil
    }

    private static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        let content = Array(name.utf8) + body
        return .big(body.count) + content + .big(Int(checksum(content)))
    }

    /// CRC-32 as PNG has it (annex D).
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var crc = UInt32.max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? 0xEDB8_8320 ^ crc >> 1 : crc >> 1 }
        }
        return ~crc
    }
}
