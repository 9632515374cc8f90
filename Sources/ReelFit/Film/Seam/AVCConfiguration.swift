/// The parameter sets that a decoder of H.264 is set up with, as MP4 keeps them (ISO/IEC 14496-15, 5.3.3:
/// AVCDecoderConfigurationRecord).
struct AVCConfiguration: Sendable, Hashable {
    private var header: [UInt8]
    private var sequences: [[UInt8]]
    private var pictures: [[UInt8]]
    /// What follows the sets, of the high profiles.
    private let rest: [UInt8]

    /// Bytes of the length before each unit.
    var lengthSize: Int { Int(header[4] & 3) + 1 }

    /// `nil` where the bytes are no such record.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 7, bytes[0] == 1 else { return nil }
        header = Array(bytes[..<5])
        var place = 6
        func sets(_ count: Int) -> [[UInt8]]? {
            var found: [[UInt8]] = []
            for _ in 0..<count {
                guard place + 2 <= bytes.count else { return nil }
                let length = Int(bytes[place]) << 8 | Int(bytes[place + 1])
                guard length > 0, place + 2 + length <= bytes.count else { return nil }
                found.append(Array(bytes[place + 2..<place + 2 + length]))
                place += 2 + length
            }
            return found
        }
        guard let sequences = sets(Int(bytes[5] & 31)), place < bytes.count else { return nil }
        place += 1
        guard let pictures = sets(Int(bytes[place - 1])) else { return nil }
        self.sequences = sequences
        self.pictures = pictures
        rest = Array(bytes[place...])
    }

    /// A number that no set goes by, for sets of one's own; `nil` where there is none below 32.
    var freeNumber: Int? {
        let taken =
            sequences.compactMap { Self.number($0, after: 4) } + pictures.compactMap { Self.number($0, after: 1) }
        return (1..<32).first { !taken.contains($0) }
    }

    /// With these sets as well: units as they stand between start codes.
    mutating func add(_ units: [[UInt8]]) {
        for unit in units {
            switch (unit.first ?? 0) & 31 {
            case 7:
                sequences.append(unit)
                // The level that both keep to.
                if unit.count > 3 { header[3] = max(header[3], unit[3]) }
            case 8: pictures.append(unit)
            default: break
            }
        }
    }

    var bytes: [UInt8] {
        func list(_ sets: [[UInt8]]) -> [UInt8] {
            sets.flatMap { [UInt8($0.count >> 8 & 255), UInt8($0.count & 255)] + $0 }
        }
        return header + [0xE0 | UInt8(sequences.count & 31)] + list(sequences) + [UInt8(pictures.count & 255)]
            + list(pictures) + rest
    }

    /// The number that a set goes by: the first Exp-Golomb code behind so many bytes (ITU-T H.264, 7.3.2 and 9.1).
    private static func number(_ unit: [UInt8], after skipped: Int) -> Int? {
        var place = skipped * 8
        func bit() -> Int? {
            guard place / 8 < unit.count else { return nil }
            defer { place += 1 }
            return Int(unit[place / 8] >> (7 - place % 8) & 1)
        }
        var zeros = 0
        while let next = bit(), next == 0 { zeros += 1 }
        guard zeros < 16 else { return nil }
        var value = 1
        for _ in 0..<zeros {
            guard let next = bit() else { return nil }
            value = value << 1 | next
        }
        return value - 1
    }
}
