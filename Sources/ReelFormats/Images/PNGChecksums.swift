internal import ReelModel

/// The checksums of a PNG file's chunks (W3C PNG, third edition, 5.5), as far as they cost little: every small chunk
/// that decoders rely on, and the picture's own up to `budget`.
struct PNGChecksums {
    /// Bytes that are summed in all: decoders refuse what does not fit, yet headers are to be read quickly.
    private static let budget: Int64 = 256 << 10
    private static let critical: Set<String> = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "acTL", "fcTL", "fdAT"]

    private var left = PNGChecksums.budget
    private var wrong: [(type: String, at: Int64)] = []

    mutating func check(
        _ type: String, at start: Int64, size: Int64, _ pager: inout Pager
    ) throws {
        guard PNGChecksums.critical.contains(type), size <= left, start + 12 + size <= pager.length else { return }
        left -= size + 16
        let covered = try pager.bytes(at: start + 4, count: Int(size) + 8)
        guard let stated = covered.u32(covered.count - 4) else { return }
        let sum = CRC32.of(covered.slice(from: 0, count: covered.count - 4).array)
        if sum != UInt32(truncatingIfNeeded: stated) { wrong.append((type, start)) }
    }

    func finish(_ account: inout ImageAccount) {
        guard let first = wrong.first else { return }
        account.fault(
            .checksum, at: first.at,
            wrong.count == 1
                ? "The checksum of the chunk \(first.type) does not fit its bytes"
                : "The checksums of \(wrong.count) chunks, \(first.type) first, do not fit their bytes")
    }
}
