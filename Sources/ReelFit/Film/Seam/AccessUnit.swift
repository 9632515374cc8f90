#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// One coded picture of H.264 as a stream of bytes (ITU-T H.264, Annex B).
enum AccessUnit {
    private static let start: [UInt8] = [0, 0, 0, 1]
    private static let supplement: UInt8 = 6

    /// Hands on the picture with start codes of four bytes, which take as much as the lengths that stand for them in
    /// MP4, and without supplementary information: x264 notes its settings there, which no player needs.
    static func normalized<Result, E: Error>(
        _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws(E) -> Result
    ) throws(E) -> Result {
        let units = units(of: bytes)
        if units.count == 1, units[0].lowerBound == start.count, !isSupplement(bytes, units[0]) {
            return try body(bytes)
        }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + units.count)
        for unit in units where !isSupplement(bytes, unit) {
            result += start
            result += bytes[unit]
        }
        let kept = result
        return try kept.withUnsafeBufferPointer { (raw) throws(E) in try body(UnsafeRawBufferPointer(raw)) }
    }

    /// The same with the length of each unit before it, as MP4 keeps it.
    static func prefixed(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        units(of: bytes).lazy.filter { !isSupplement(bytes, $0) }.flatMap { PrefixedUnits.prefix(bytes[$0]) }
    }

    /// The units of a decoder's configuration that is written as a stream.
    static func units(in configuration: [UInt8]) -> [[UInt8]] {
        configuration.withUnsafeBytes { bytes in units(of: bytes).map { [UInt8](bytes[$0]) } }
    }

    private static func isSupplement(_ bytes: UnsafeRawBufferPointer, _ unit: Range<Int>) -> Bool {
        !unit.isEmpty && bytes[unit.lowerBound] & 0x1F == supplement
    }

    /// What lies between the start codes.
    static func units(of bytes: UnsafeRawBufferPointer) -> [Range<Int>] {
        var starts: [Range<Int>] = []
        var from = 0
        while let found = find(in: bytes, from: from) {
            let code = found > 0 && bytes[found - 1] == 0 ? found - 1 : found
            starts.append(code..<found + 3)
            from = found + 3
        }
        return starts.indices.map { place in
            starts[place].upperBound..<(place + 1 < starts.count ? starts[place + 1].lowerBound : bytes.count)
        }
    }

    private static func find(in bytes: UnsafeRawBufferPointer, from: Int) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        var from = from
        // The byte that ends a start code is rarer than the zeros that it begins with.
        while from + 2 < bytes.count, let found = memchr(base + from + 2, 1, bytes.count - from - 2) {
            let place = UnsafeRawPointer(found) - base
            if bytes[place - 1] == 0, bytes[place - 2] == 0 { return place - 2 }
            from = place - 1
        }
        return nil
    }
}
