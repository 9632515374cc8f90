import ReelFormats

/// A file in memory that counts what is asked of it: a measure of the work that no clock disturbs.
struct CountingSource: ByteSource {
    private let bytes: [UInt8]
    private(set) var reads = 0
    private(set) var bytesRead = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var length: Int64 { Int64(bytes.count) }

    mutating func read(at offset: Int64, count: Int) -> [UInt8] {
        guard offset >= 0, count > 0, offset < length else { return [] }
        let start = Int(offset)
        let end = min(start + count, bytes.count)
        reads += 1
        bytesRead += end - start
        return Array(bytes[start..<end])
    }

    /// What a reader may ask for: a page for every few bytes that can point somewhere, and some to begin with.
    var complaint: String? {
        guard reads > 200 + bytes.count || bytesRead > 1 << 20 + 512 * bytes.count else { return nil }
        return "\(reads) reads of \(bytesRead) bytes in all, of a file of \(bytes.count)"
    }
}
