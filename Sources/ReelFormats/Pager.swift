/// Reads a file in few, small pieces and keeps the last one. How much is read in all is bounded, so that no file,
/// however made, costs more than that.
struct Pager {
    /// More than any honest file's headers and index need; reading stops here.
    static let byteLimit: Int64 = 256 << 20
    /// The most that one call gives.
    static let pieceLimit = 1 << 20
    private static let smallPage = 4 << 10
    private static let largePage = 64 << 10

    /// The bound was reached. What was learnt until then stands.
    struct TooMuchToRead: Error {}

    private(set) var source: any ByteSource
    let length: Int64
    /// How much was asked of the source so far.
    private(set) var bytesRead: Int64 = 0
    private var window: [UInt8] = []
    private var windowStart: Int64 = 0
    private var page = Pager.smallPage

    init(_ source: any ByteSource) {
        self.source = source
        length = max(source.length, 0)
    }

    /// The bytes from `offset` on: `count` of them, fewer where the file ends or where `count` passes `pieceLimit`.
    mutating func bytes(at offset: Int64, count: Int) throws -> Bytes {
        guard offset >= 0, offset < length, count > 0 else { return Bytes([]) }
        let wanted = Int(min(Int64(min(count, Pager.pieceLimit)), length - offset))
        let windowEnd = windowStart + Int64(window.count)
        if offset < windowStart || offset + Int64(wanted) > windowEnd {
            // Read ahead further as long as the reading goes straight on.
            let straightOn = offset >= windowStart && offset <= windowEnd && !window.isEmpty
            page = straightOn ? min(page * 2, Pager.largePage) : Pager.smallPage
            window = try fetch(at: offset, count: max(wanted, page))
            windowStart = offset
        }
        return Bytes(window).slice(from: Int(offset - windowStart), count: wanted)
    }

    /// Exactly what is asked, leaving the kept piece as it is.
    mutating func fetch(at offset: Int64, count: Int) throws -> [UInt8] {
        guard offset >= 0, offset < length, count > 0 else { return [] }
        let wanted = Int(min(Int64(count), length - offset))
        if offset >= windowStart, offset + Int64(wanted) <= windowStart + Int64(window.count) {
            let start = Int(offset - windowStart)
            return Array(window[start..<start + wanted])
        }
        bytesRead += Int64(wanted)
        guard bytesRead <= Pager.byteLimit else { throw TooMuchToRead() }
        return try source.read(at: offset, count: wanted)
    }
}

/// Big-endian numbers of a table in the file, one after another, through a buffer of its own so that several tables
/// can be read side by side.
struct TableCursor {
    private static let bufferSize = 32 << 10

    private var position: Int64
    private let end: Int64
    private var buffer = Bytes([])
    private var index = 0

    /// - Parameter count: the bytes that the table has.
    init(at start: Int64, count: Int64) {
        position = start
        end = count > 0 ? start.addingReportingOverflow(count).partialValue : start
    }

    mutating func u32(_ pager: inout Pager) throws -> Int? {
        guard try fill(4, &pager), let value = buffer.u32(index) else { return nil }
        index += 4
        return value
    }

    mutating func u64(_ pager: inout Pager) throws -> UInt64? {
        guard try fill(8, &pager), let value = buffer.u64(index) else { return nil }
        index += 8
        return value
    }

    mutating func u16(_ pager: inout Pager) throws -> Int? {
        guard try fill(2, &pager), let value = buffer.u16(index) else { return nil }
        index += 2
        return value
    }

    /// Whether `size` more bytes are in the buffer, reading them if need be. The buffer's size is a multiple of
    /// every entry's, so that entries do not straddle it.
    private mutating func fill(_ size: Int, _ pager: inout Pager) throws -> Bool {
        if index + size <= buffer.count { return true }
        guard end - position >= Int64(size) else { return false }
        let wanted = Int(min(Int64(TableCursor.bufferSize), end - position))
        buffer = Bytes(try pager.fetch(at: position, count: wanted))
        position += Int64(buffer.count)
        index = 0
        return buffer.count >= size
    }
}
