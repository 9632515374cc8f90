/// Bits of a piece of a packet, most significant first. Past the end they read as 0 and `ended` tells: headers are read
/// to their end and then asked once, with nothing thrown or allocated for each packet.
struct CodedBits {
    private let bytes: CodedBytes
    private let escaped: Bool
    private var at: Int
    private var zeros = 0
    private var current: UInt8 = 0
    private var left = 0
    /// Whether more was read than there is, or an Exp-Golomb number was too long to be one.
    private(set) var ended = false

    /// - Parameter escaped: whether bytes that prevent start codes are to be left out (ITU-T H.264, 7.4.1.1).
    init(_ bytes: CodedBytes, from start: Int = 0, escaped: Bool) {
        self.bytes = bytes
        self.escaped = escaped
        at = start
    }

    /// Bits until the next whole byte, which have not been read.
    var bitsToByte: Int { left }

    mutating func bit() -> Bool {
        if left == 0 { load() }
        guard left > 0 else { return false }
        left -= 1
        return current >> UInt8(left) & 1 == 1
    }

    private mutating func load() {
        guard at < bytes.count else {
            ended = true
            return
        }
        var byte = bytes[at]
        at += 1
        if escaped, zeros >= 2, byte == 3 {
            zeros = 0
            guard at < bytes.count else {
                ended = true
                return
            }
            byte = bytes[at]
            at += 1
        }
        zeros = byte == 0 ? zeros + 1 : 0
        current = byte
        left = 8
    }

    /// Up to 32 bits.
    mutating func bits(_ count: Int) -> Int {
        var value = 0
        for _ in 0..<count { value = value << 1 | (bit() ? 1 : 0) }
        return value
    }

    mutating func skip(_ count: Int) {
        for _ in 0..<count where !ended { _ = bit() }
    }

    /// An unsigned Exp-Golomb number (ITU-T H.264, 9.1).
    mutating func ue() -> Int {
        var zeros = 0
        while !bit() {
            zeros += 1
            guard zeros <= 32, !ended else {
                ended = true
                return 0
            }
        }
        return (1 << zeros) - 1 + bits(zeros)
    }

    /// A signed Exp-Golomb number (ITU-T H.264, 9.1.1).
    mutating func se() -> Int {
        let code = ue()
        return code & 1 == 1 ? (code + 1) / 2 : -(code / 2)
    }
}
