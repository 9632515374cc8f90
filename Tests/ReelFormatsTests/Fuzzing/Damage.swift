/// A file as it may arrive: cut, or with bytes that are not its own.
enum Damage {
    /// It ends at each of the offsets.
    static func cuts(of bytes: [UInt8], at ends: some Sequence<Int>) -> some Sequence<[UInt8]> {
        ends.lazy.map { Array(bytes[..<$0]) }
    }

    /// Each of those bytes is made as small and as large as it goes, one more than it was, and its sign turned.
    static func changes(of bytes: [UInt8], at places: some Sequence<Int>) -> some Sequence<[UInt8]> {
        places.lazy.flatMap { place in
            let was = bytes[place]
            return Set([0, 0xFF, was &+ 1, was ^ 0x80]).subtracting([was]).sorted().lazy.map { value in
                var changed = bytes
                changed[place] = value
                return changed
            }
        }
    }

    /// What a size must not be, in 32 bits.
    static let sizes: [UInt32] = [0, 1, 2, 7, 8, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF]

    /// Each number of 32 bits that stands before or behind four letters, which is where boxes, atoms and chunks have
    /// their sizes, is made each of the impossible ones; followed by 64 bits that are as bad where it says so.
    static func impossibleSizes(of bytes: [UInt8]) -> some Sequence<[UInt8]> {
        places(of: bytes).lazy.flatMap { place in
            sizes.lazy.flatMap { size in
                [UInt64(0), 15, 1 << 63, .max].prefix(size == 1 ? 4 : 1).lazy.map { long in
                    var changed = bytes
                    for index in 0..<4 { changed[place + index] = UInt8(truncatingIfNeeded: size >> (24 - 8 * index)) }
                    guard size == 1, place + 16 <= bytes.count else { return changed }
                    for index in 0..<8 {
                        changed[place + 8 + index] = UInt8(truncatingIfNeeded: long >> (56 - 8 * index))
                    }
                    return changed
                }
            }
        }
    }

    /// Where a number stands beside four letters.
    private static func places(of bytes: [UInt8]) -> [Int] {
        let letters = bytes.indices.dropLast(7).filter { at in
            bytes[at..<at + 4].allSatisfy { (0x30...0x7A).contains($0) || $0 == 0x20 || $0 == 0xA9 }
        }
        return Set(letters.flatMap { [$0 - 4, $0 + 4] }).filter { $0 >= 0 && $0 + 4 <= bytes.count }.sorted()
    }
}
