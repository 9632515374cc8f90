/// A piece of a packet, looked at where it lies; it must not be kept. Every access is checked.
struct CodedBytes {
    private let base: UnsafeRawBufferPointer

    init(_ base: UnsafeRawBufferPointer) { self.base = base }

    var count: Int { base.count }

    /// The byte at a place that must be in the piece.
    subscript(_ at: Int) -> UInt8 {
        precondition(at >= 0 && at < base.count)
        return base[at]
    }

    /// `size` bytes from a place on, most significant first; the place must be in the piece.
    func big(_ at: Int, _ size: Int) -> Int {
        var value = 0
        for offset in 0..<size { value = value << 8 | Int(self[at + offset]) }
        return value
    }

    /// Up to `count` bytes from `start` on, fewer where the piece ends.
    func part(from start: Int, count wanted: Int = .max) -> CodedBytes {
        let lower = min(max(start, 0), base.count)
        let upper = lower + min(max(wanted, 0), base.count - lower)
        return CodedBytes(UnsafeRawBufferPointer(rebasing: base[lower..<upper]))
    }

    // MARK: Zeros

    /// How many bytes from `start` on are zero.
    func zeros(from start: Int) -> Int {
        var at = start
        while at + 8 <= base.count, base.loadUnaligned(fromByteOffset: at, as: UInt64.self) == 0 { at += 8 }
        while at < base.count, base[at] == 0 { at += 1 }
        return at - start
    }

    /// How many bytes before `end` are zero.
    func zeros(before end: Int) -> Int {
        var at = end
        while at >= 8, base.loadUnaligned(fromByteOffset: at - 8, as: UInt64.self) == 0 { at -= 8 }
        while at > 0, base[at - 1] == 0 { at -= 1 }
        return end - at
    }

    /// Whether the eight bytes at a place are there and zero.
    func isZero(at place: Int) -> Bool {
        place >= 0 && place + 8 <= base.count && base.loadUnaligned(fromByteOffset: place, as: UInt64.self) == 0
    }
}
