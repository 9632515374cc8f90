internal import ReelModel

/// The sizes of a track's samples, read one after another (ISO/IEC 14496-12, 8.7.3).
struct SampleSizes {
    /// As many as the table has room for.
    private(set) var count: Int64 = 0
    /// As many as the table says that there are.
    private(set) var declared: Int64 = 0
    /// 0 where each sample has its own.
    private var constant: Int64 = 0
    private var fieldBits = 32
    private var table: TableCursor
    private var pending: [Int] = []

    init(_ box: Box, _ pager: inout Pager) throws {
        let head = try pager.bytes(at: box.body, count: 12)
        table = TableCursor(at: box.body + 12, count: box.bodySize - 12)
        declared = Int64(head.u32(8) ?? 0)
        if box.type == "stsz" {
            constant = Int64(head.u32(4) ?? 0)
        } else {
            fieldBits = head.u8(7) ?? 0
        }
        // With a size for each, there are no more samples than the table has room for.
        let room =
            constant > 0 ? declared : fieldBits > 0 ? max(box.bodySize - 12, 0) * 8 / Int64(fieldBits) : 0
        count = min(declared, room)
    }

    /// Takes the next samples, which stand one behind the other from `start` on.
    /// - Returns: their bytes, and those of them that do not lie before `fileEnd`, the first of these counted from 0.
    mutating func take(_ samples: Int64, at start: Int64, fileEnd: Int64, _ pager: inout Pager) throws
        -> (bytes: Int64, outside: Int64, first: (sample: Int64, offset: Int64)?)
    {
        guard samples > 0 else { return (0, 0, nil) }
        if constant > 0 {
            let inside = start < fileEnd ? min((fileEnd - start) / constant, samples) : 0
            let first = start.saturatingAdd(inside.saturatingMultiply(constant))
            return (
                constant.saturatingMultiply(samples), samples - inside, inside < samples ? (inside, first) : nil
            )
        }
        var at = start
        var outside: Int64 = 0
        var first: (sample: Int64, offset: Int64)?
        for sample in 0..<samples {
            guard let size = try next(&pager) else { break }
            let end = at.saturatingAdd(Int64(size))
            if end > fileEnd, size > 0 {
                outside += 1
                if first == nil { first = (sample, at) }
            }
            at = end
        }
        return (at == .max ? .max : at - start, outside, first)
    }

    private mutating func next(_ pager: inout Pager) throws -> Int? {
        switch fieldBits {
        case 32: return try table.u32(&pager)
        case 16: return try table.u16(&pager)
        // Compact tables of smaller fields: read by pairs of bytes, so one at a time here.
        case 4, 8: return try small(&pager)
        default: return nil
        }
    }

    private mutating func small(_ pager: inout Pager) throws -> Int? {
        if pending.isEmpty {
            guard let pair = try table.u16(&pager) else { return nil }
            pending =
                fieldBits == 8
                ? [pair & 0xFF, pair >> 8] : [pair & 0xF, pair >> 4 & 0xF, pair >> 8 & 0xF, pair >> 12]
        }
        return pending.popLast()
    }
}
