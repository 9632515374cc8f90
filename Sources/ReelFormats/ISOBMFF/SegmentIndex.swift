internal import ReelModel

/// The segment indexes of a file (ISO/IEC 14496-12, 8.16.3), held against the boxes that are there.
struct SegmentIndex {
    private var indexedEnd: Int64 = 0
    /// Where segments should begin and no box has begun so far.
    private var expected: Set<Int64> = []
    private var entries = 0
    /// Where the last of the indexes begins.
    private var last: Int64?
    private var start: Int64?
    /// Entries beyond these are only added up.
    private static let limit = 4096

    mutating func read(_ box: Box, _ pager: inout Pager) throws {
        let head = try box.contents(limit: 32, &pager)
        let wide = head.u8(0) == 1
        guard let count = head.u16(wide ? 30 : 22) else { return }
        let firstOffset = wide ? head.u64(20).map { Int64(clamping: $0) } : head.u32(16).map { Int64($0) }
        var at = box.end.saturatingAdd(firstOffset ?? 0)
        start = start ?? box.start
        last = box.start
        let skipped: Int64 = wide ? 32 : 24
        var table = TableCursor(at: box.body + skipped, count: box.bodySize - skipped)
        for _ in 0..<count {
            guard let size = try table.u32(&pager), try table.u64(&pager) != nil else { break }
            entries += 1
            if expected.count < SegmentIndex.limit { expected.insert(at) }
            at = at.saturatingAdd(Int64(size & 0x7FFF_FFFF))
        }
        indexedEnd = max(indexedEnd, at)
    }

    mutating func met(_ box: Box) {
        if !expected.isEmpty { expected.remove(box.start) }
    }

    /// Where the indexed segments end, as promised. An index that leads astray before promises nothing.
    func promisedEnd(fileEnd: Int64) -> Int64 {
        expected.contains { $0 < fileEnd } ? 0 : indexedEnd
    }

    /// Whether it tells which fragment is the last: one index that stands before all of them and names several parts. An
    /// index of one part, or one behind a fragment, is its segment's own, and one more segment would have had one more.
    func tellsEnd(firstFragment: Int64?) -> Bool {
        guard let last, entries > 1 else { return false }
        return firstFragment.map { last < $0 } ?? true
    }

    func note(in faults: inout [StructureFault], fileEnd: Int64) {
        let missed = expected.filter { $0 < fileEnd }
        guard let first = missed.min() else { return }
        faults.note(
            .impossibleSize, offset: first,
            "\(missed.count) of \(entries) entries of the segment index (sidx) lead to no box")
    }
}
