internal import ReelModel

/// The index of fragments at a file's end (`mfra`, ISO/IEC 14496-12, 8.8.9 to 8.8.11), held against the fragments that
/// are there.
struct FragmentIndex {
    /// Where the first fragment begins.
    private(set) var first: Int64?
    private(set) var isThere = false
    private var starts: Set<Int64> = []
    private var place: Int64?
    private var entries = 0
    private var astray: (entries: Int, first: Int64) = (0, 0)
    /// Beyond so many it is not told any more where each begins.
    private static let limit = 4096

    mutating func met(_ box: Box) {
        first = first ?? box.start
        if starts.count <= FragmentIndex.limit { starts.insert(box.start) }
    }

    /// It stands behind all fragments, so every one that it names has been met.
    mutating func read(_ box: Box, _ pager: inout Pager) throws {
        isThere = true
        place = place ?? box.start
        guard starts.count <= FragmentIndex.limit else { return }
        var boxes = BoxWalk(inside: box)
        while let table = try boxes.next(&pager) {
            guard table.type == "tfra" else { continue }
            let head = try table.contents(limit: 16, &pager)
            guard let sizes = head.u32(8), let count = head.u32(12) else { continue }
            let isWide = head.u8(0) == 1
            // Three numbers of one to four bytes each follow the two places.
            let rest = [4, 2, 0].reduce(3) { $0 + (sizes >> $1 & 3) }
            let size = Int64(isWide ? 16 : 8) + Int64(rest)
            for number in 0..<min(count, FragmentIndex.limit) {
                let at = table.body + 16 + Int64(number) * size
                guard at + size <= table.end else { break }
                let entry = try pager.bytes(at: at, count: Int(size))
                let start = isWide ? entry.u64(8).map { Int64(clamping: $0) } : entry.u32(4).map { Int64($0) }
                guard let start else { break }
                entries += 1
                guard !starts.contains(start) else { continue }
                if astray.entries == 0 { astray.first = start }
                astray.entries += 1
            }
        }
    }

    func note(in faults: inout [StructureFault]) {
        guard astray.entries > 0 else { return }
        // Readers may go without it.
        faults.note(
            .impossibleSize, offset: place,
            "\(astray.entries) of \(entries) entries of the index of fragments (mfra) lead to none, the first to byte "
                + "\(astray.first)")
    }
}
