/// Units of HEVC (ITU-T H.265, 7.3.1), and how they come to refer to parameter sets of other numbers.
enum HEVCUnit {
    /// By the number in the unit's header (ITU-T H.265, table 7-1).
    enum Kind {
        static let pictures: ClosedRange<UInt8> = 0...31
        /// Pictures that are shown before the key picture that they follow: RADL and RASL.
        static let leading: ClosedRange<UInt8> = 6...9
        /// BLA, IDR and CRA.
        static let entries: ClosedRange<UInt8> = 16...21
        /// All whose slices say whether what waits is to be shown.
        static let refreshing: ClosedRange<UInt8> = 16...23
        /// BLA_N_LP: behind a splice, without leading pictures.
        static let spliced: UInt8 = 18
        /// CRA: a key picture whose leading pictures may refer to what came before it.
        static let open: UInt8 = 21
        /// Of the video, of sequences, of pictures.
        static let sets: ClosedRange<UInt8> = 32...34
        static let supplement: UInt8 = 39
        /// In what H.265 leaves to others.
        static let dolbyVision: UInt8 = 62
    }

    static func kind(_ unit: UnsafeRawBufferPointer) -> UInt8 { unit[0] >> 1 & 0x3F }

    /// 0 for what a plain decoder shows.
    static func layer(_ unit: UnsafeRawBufferPointer) -> UInt8 { (unit[0] & 1) << 5 | unit[1] >> 3 }

    /// Numbers of parameter sets that belong together.
    struct Numbers: Sendable, Hashable {
        /// Below 16.
        var video: Int
        /// Below 16.
        var sequence: Int
        /// From 15 to 30: written in nine bits, where 0 has one. All that follows it in a slice is moved by exactly a
        /// byte, and stays as it is.
        var picture: Int

        static let pictures = 15...30
    }

    /// The number that a parameter set goes by; `nil` where it cannot be read.
    static func number(of unit: [UInt8]) -> Int? {
        guard unit.count > 2 else { return nil }
        let bits = UnitBits(payloadOf: unit)
        switch unit[0] >> 1 & 0x3F {
        case 32: return bits.number(at: 0, bits: 4)
        case 33: return sequenceNumber(bits).flatMap { bits.code(at: $0) }
        case 34: return bits.code(at: 0)
        default: return nil
        }
    }

    /// Where the number of a sequence's set begins, in bits: behind what tells of profile and level, which each layer
    /// of time may have its own of (ITU-T H.265, 7.3.2.2.1 and 7.3.3).
    private static func sequenceNumber(_ bits: UnitBits) -> Int? {
        guard let layers = bits.number(at: 4, bits: 3) else { return nil }
        var place = 8 + 96
        guard layers > 0 else { return place }
        let flags = place
        place += 16
        for layer in 0..<layers {
            guard let hasProfile = bits.number(at: flags + 2 * layer, bits: 1),
                let hasLevel = bits.number(at: flags + 2 * layer + 1, bits: 1)
            else { return nil }
            place += hasProfile * 88 + hasLevel * 8
        }
        return place
    }

    /// A parameter set whose own number and those that it refers to are all 0, with these instead; `nil` where they are
    /// not 0.
    static func set(_ unit: [UInt8], _ numbers: Numbers) -> [UInt8]? {
        var bits = UnitBits(payloadOf: unit)
        switch unit[0] >> 1 & 0x3F {
        case 32:
            guard bits.number(at: 0, bits: 4) == 0 else { return nil }
            bits.replace(0..<4, with: numbers.video, bits: 4)
        case 33:
            guard bits.number(at: 0, bits: 4) == 0, let place = sequenceNumber(bits), bits.code(at: place) == 0 else {
                return nil
            }
            bits.replace(place..<place + 1, withCode: numbers.sequence)
            bits.replace(0..<4, with: numbers.video, bits: 4)
        case 34:
            guard bits.code(at: 0) == 0, bits.code(at: 1) == 0 else { return nil }
            bits.replace(1..<2, withCode: numbers.sequence)
            bits.replace(0..<1, withCode: numbers.picture)
        default: return nil
        }
        return bits.unit(header: unit.prefix(2))
    }

    /// The first slice of a picture, which refers to the picture's set 0, with another number instead (ITU-T H.265,
    /// 7.3.6.1); `nil` where it is another slice, or refers to another set.
    static func slice(_ unit: [UInt8], _ numbers: Numbers) -> [UInt8]? {
        guard unit.count > 3, Numbers.pictures ~= numbers.picture else { return nil }
        let before = Kind.refreshing ~= unit[0] >> 1 & 0x3F ? 2 : 1
        let first = Int(unit[2])
        guard first & 0x80 != 0, first >> (7 - before) & 1 == 1 else { return nil }
        let moved =
            (first >> (8 - before)) << (16 - before) | (numbers.picture + 1) << (7 - before)
            | first & (1 << (7 - before) - 1)
        let payload = UnitBits.unescaped(unit.dropFirst(3))
        return unit.prefix(2) + UnitBits.escaped([UInt8(moved >> 8), UInt8(moved & 255)] + payload)
    }

    /// What a set of a sequence says of profile and level, as the container's header repeats it: 12 bytes.
    static func profile(ofSequence unit: [UInt8]) -> [UInt8]? {
        let payload = UnitBits.unescaped(unit.dropFirst(2))
        return payload.count > 13 ? Array(payload[1..<13]) : nil
    }
}

/// The bits of a parameter set, one in each element, without those that end it (ITU-T H.265, 7.3.2.11).
struct UnitBits: Sendable, Hashable {
    private var bits: [UInt8]

    init(payloadOf unit: [UInt8]) {
        let bytes = Self.unescaped(unit.dropFirst(2))
        bits = bytes.flatMap { byte in (0..<8).map { byte >> (7 - $0) & 1 } }
        while bits.last == 0 { bits.removeLast() }
        _ = bits.popLast()
    }

    func number(at place: Int, bits count: Int) -> Int? {
        guard place >= 0, place + count <= bits.count else { return nil }
        return bits[place..<place + count].reduce(0) { $0 << 1 | Int($1) }
    }

    /// An unsigned Exp-Golomb code (ITU-T H.265, 9.2).
    func code(at place: Int) -> Int? {
        var zeros = 0
        while let bit = number(at: place + zeros, bits: 1), bit == 0, zeros < 16 { zeros += 1 }
        return number(at: place + zeros, bits: zeros + 1).map { $0 - 1 }
    }

    mutating func replace(_ range: Range<Int>, with number: Int, bits count: Int) {
        bits.replaceSubrange(range, with: (0..<count).map { UInt8(number >> (count - 1 - $0) & 1) })
    }

    mutating func replace(_ range: Range<Int>, withCode number: Int) {
        let length = Int.bitWidth - (number + 1).leadingZeroBitCount
        replace(range, with: number + 1, bits: 2 * length - 1)
    }

    /// The unit with these bits, ended.
    func unit(header: some Collection<UInt8>) -> [UInt8] {
        var all = bits + [1]
        while all.count % 8 != 0 { all.append(0) }
        let bytes = stride(from: 0, to: all.count, by: 8).map { start in
            all[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | $1 }
        }
        return header + Self.escaped(bytes)
    }

    /// Without the bytes that keep start codes from appearing (ITU-T H.265, 7.4.2).
    static func unescaped(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var payload: [UInt8] = []
        var zeros = 0
        for byte in bytes {
            if zeros >= 2, byte == 3 {
                zeros = 0
                continue
            }
            zeros = byte == 0 ? zeros + 1 : 0
            payload.append(byte)
        }
        return payload
    }

    /// With them.
    static func escaped(_ payload: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(payload.count + payload.count / 64)
        var zeros = 0
        for byte in payload {
            if zeros >= 2, byte <= 3 {
                bytes.append(3)
                zeros = 0
            }
            zeros = byte == 0 ? zeros + 1 : 0
            bytes.append(byte)
        }
        return bytes
    }
}
