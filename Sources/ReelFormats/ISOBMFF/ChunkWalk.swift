internal import ReelModel

/// The chunks of a track, one after another (ISO/IEC 14496-12, 8.7.4 and 8.7.5): each with its place, and with the
/// samples that the runs of `stsc` say are in it.
struct ChunkWalk {
    let count: Int
    /// Why the runs cannot be followed.
    private(set) var flaw: String?
    private var walked = 0
    private let isLong: Bool
    private var offsets: TableCursor
    private var runs: TableCursor
    private var runsLeft: Int
    private let descriptions: Int
    private var samples: Int64 = 0
    private var nextRun: (firstChunk: Int, samples: Int64)?

    private var last: Range<Int64> = 0..<0
    private var misplaced: (chunks: Int, first: Int64) = (0, 0)
    private var overlapping: (chunks: Int, first: Int64) = (0, 0)

    init(
        offsets box: Box, count: Int, runs runBox: Box, runCount: Int, descriptions: Int, _ pager: inout Pager
    ) throws {
        self.count = count
        self.descriptions = descriptions
        isLong = box.type == "co64"
        offsets = TableCursor(at: box.body + 8, count: box.bodySize - 8)
        runs = TableCursor(at: runBox.body + 8, count: runBox.bodySize - 8)
        runsLeft = runCount
        nextRun = try readRun(after: 0, &pager)
        if let first = nextRun?.firstChunk, first != 1 { flaw = "the runs of chunks (stsc) begin with chunk \(first)" }
    }

    var isMisplaced: Bool { misplaced.chunks > 0 }
    var chunksLeft: Int { count - walked }

    mutating func next(_ pager: inout Pager) throws -> (offset: Int64, samples: Int64)? {
        guard walked < count else { return nil }
        while let run = nextRun, run.firstChunk <= walked + 1 {
            samples = run.samples
            nextRun = try readRun(after: run.firstChunk, &pager)
        }
        let offset =
            isLong
            ? try offsets.u64(&pager).map { Int64(clamping: $0) } : try offsets.u32(&pager).map { Int64($0) }
        guard let offset else { return nil }
        walked += 1
        return (offset, samples)
    }

    private mutating func readRun(after chunk: Int, _ pager: inout Pager) throws -> (firstChunk: Int, samples: Int64)? {
        guard runsLeft > 0, let first = try runs.u32(&pager), let samples = try runs.u32(&pager),
            let description = try runs.u32(&pager)
        else { return nil }
        runsLeft -= 1
        if first <= chunk { flaw = flaw ?? "the runs of chunks (stsc) are out of order" }
        if samples == 0 { flaw = flaw ?? "a run of chunks (stsc) holds no samples" }
        if description == 0 || description > descriptions {
            flaw = flaw ?? "a run of chunks (stsc) names sample description \(description) of \(descriptions)"
        }
        return (first, Int64(samples))
    }

    /// Holds a chunk against the file's media data and the chunk before it.
    mutating func check(_ start: Int64, _ end: Int64, _ ground: SampleGround) {
        if end <= ground.fileEnd, !ground.media.hold(from: start, to: end) {
            if misplaced.chunks == 0 { misplaced.first = start }
            misplaced.chunks += 1
        } else if last.contains(start) {
            if overlapping.chunks == 0 { overlapping.first = start }
            overlapping.chunks += 1
        }
        last = start..<max(end, start)
    }

    func note(in faults: inout [StructureFault]) {
        if misplaced.chunks > 0 {
            faults.note(
                .brokenIndex, offset: misplaced.first,
                "\(misplaced.chunks) of \(count) chunks of samples lie outside the media data")
        }
        if overlapping.chunks > 0 {
            // An editor may show the same media twice.
            faults.note(
                .impossibleSize, offset: overlapping.first,
                "\(overlapping.chunks) of \(count) chunks of samples overlap the chunk before them")
        }
    }
}
