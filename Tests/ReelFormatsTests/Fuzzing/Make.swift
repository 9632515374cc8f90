/// Files put together for a test, piece by piece.
enum Make {
    /// A box of ISO BMFF with its 32-bit size.
    static func box(_ type: String, _ contents: [UInt8] = []) -> [UInt8] {
        big32(contents.count + 8) + Array(type.utf8) + contents
    }

    /// A chunk of RIFF, padded to even length.
    static func chunk(_ type: String, _ contents: [UInt8] = []) -> [UInt8] {
        Array(type.utf8) + big32(contents.count).reversed() + contents + (contents.count % 2 == 0 ? [] : [0])
    }

    /// An element of EBML, its size in eight bytes.
    static func element(_ id: UInt32, _ contents: [UInt8] = []) -> [UInt8] {
        let width = 4 - id.leadingZeroBitCount / 8
        return Array(big32(Int(id)).suffix(width)) + [1] + Array(big64(contents.count).suffix(7)) + contents
    }

    static func big32(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
    static func big64(_ number: Int) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) } }
}
