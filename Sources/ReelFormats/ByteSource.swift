/// Random access to a file's bytes, whoever reads them: a descriptor, memory, or ranges over HTTP. The readers ask
/// for few and small pieces.
public protocol ByteSource {
    /// The file's length.
    var length: Int64 { get }

    /// The bytes from `offset` on: `count` of them, fewer only where the file ends.
    mutating func read(at offset: Int64, count: Int) throws -> [UInt8]
}

/// A file that is already in memory.
public struct MemorySource: ByteSource {
    private let bytes: [UInt8]

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    public var length: Int64 { Int64(bytes.count) }

    public mutating func read(at offset: Int64, count: Int) -> [UInt8] {
        guard offset >= 0, count > 0, offset < length else { return [] }
        let start = Int(offset)
        return Array(bytes[start..<min(start + count, bytes.count)])
    }
}
