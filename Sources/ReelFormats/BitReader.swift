/// Bits, most significant first, as parameter sets are written.
struct BitReader {
    /// The bits ended before the structure did.
    struct End: Error {}

    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The payload of a NAL unit, with the bytes that prevent start codes taken out (ITU-T H.264, 7.4.1.1).
    init(unescaping nal: some Sequence<UInt8>) { bytes = BitReader.unescaped(nal) }

    static func unescaped(_ nal: some Sequence<UInt8>) -> [UInt8] {
        var payload: [UInt8] = []
        var zeros = 0
        for byte in nal {
            if zeros >= 2, byte == 3 {
                zeros = 0
                continue
            }
            zeros = byte == 0 ? zeros + 1 : 0
            payload.append(byte)
        }
        return payload
    }

    var remaining: Int { bytes.count * 8 - position }

    mutating func bit() throws(End) -> Bool { try bits(1) == 1 }

    /// Up to 32 bits.
    mutating func bits(_ count: Int) throws(End) -> Int {
        guard count >= 0, count <= 32, remaining >= count else { throw End() }
        var value = 0
        for _ in 0..<count {
            value = value << 1 | Int(bytes[position >> 3] >> UInt8(7 - position & 7) & 1)
            position += 1
        }
        return value
    }

    mutating func skip(_ count: Int) throws(End) {
        guard count >= 0, remaining >= count else { throw End() }
        position += count
    }

    /// An unsigned Exp-Golomb number (ITU-T H.264, 9.1).
    mutating func ue() throws(End) -> Int {
        var zeros = 0
        while try !bit() {
            zeros += 1
            guard zeros <= 32 else { throw End() }
        }
        return (1 << zeros) - 1 + (try bits(zeros))
    }

    /// A signed Exp-Golomb number (ITU-T H.264, 9.1.1).
    mutating func se() throws(End) -> Int {
        let code = try ue()
        return code & 1 == 1 ? (code + 1) / 2 : -(code / 2)
    }
}
