/// What the sample tables of a track add up to (ISO/IEC 14496-12, 8.6.1, 8.7). The tables themselves are not kept.
struct SampleTables {
    var samples: Int64 = 0
    /// Bytes of all samples.
    var bytes: Int64 = 0
    /// In the track's time scale.
    var duration: Int64 = 0
    /// The length of every sample but the last, where they agree.
    var timing = SampleTiming()
    /// By how much the first sample is shown later than it is decoded, in the track's time scale.
    var firstCompositionOffset: Int64 = 0
    /// Where the last of the samples ends in the file.
    var extentEnd: Int64 = 0

    init() {}

    init(_ table: Box, _ pager: inout Pager) throws {
        var found: [String: Box] = [:]
        var boxes = BoxWalk(inside: table)
        while let box = try boxes.next(&pager) {
            if found[box.type] == nil, SampleTables.wanted.contains(box.type) { found[box.type] = box }
        }
        if let box = found["stts"] { try readTimes(box, &pager) }
        if let box = found["ctts"] {
            let first = try pager.bytes(at: box.body, count: 16)
            firstCompositionOffset = Int64(first.u32(4) ?? 0) > 0 ? Int64(first.i32(12) ?? 0) : 0
        }
        if let box = found["stsz"] ?? found["stz2"] {
            try readPlaces(sizes: box, offsets: found["co64"] ?? found["stco"], runs: found["stsc"], &pager)
        }
    }

    private static let wanted: Set<String> = ["stts", "ctts", "stsz", "stz2", "stco", "co64", "stsc"]

    private mutating func readTimes(_ box: Box, _ pager: inout Pager) throws {
        var table = TableCursor(at: box.body + 8, count: box.bodySize - 8)
        let entries = try pager.bytes(at: box.body, count: 8).u32(4) ?? 0
        for _ in 0..<entries {
            guard let count = try table.u32(&pager), let delta = try table.u32(&pager) else { break }
            timing.add(count: Int64(count), delta: Int64(delta))
        }
        duration = timing.duration
    }

    /// Walks chunks, the runs that say how many samples are in each, and the samples' sizes side by side.
    private mutating func readPlaces(sizes: Box, offsets: Box?, runs: Box?, _ pager: inout Pager) throws {
        var sizes = try SampleSizes(sizes, &pager)
        samples = sizes.count
        var left = sizes.count
        if let offsets, let runs {
            let isLong = offsets.type == "co64"
            let chunks = try pager.bytes(at: offsets.body, count: 8).u32(4) ?? 0
            var offsetTable = TableCursor(at: offsets.body + 8, count: offsets.bodySize - 8)
            var runTable = TableCursor(at: runs.body + 8, count: runs.bodySize - 8)
            var perChunk: Int64 = 0
            var nextRun = try SampleTables.nextRun(&runTable, &pager)
            for chunk in 0..<chunks {
                while let run = nextRun, run.firstChunk <= chunk + 1 {
                    perChunk = run.samples
                    nextRun = try SampleTables.nextRun(&runTable, &pager)
                }
                let offset: Int64?
                if isLong {
                    offset = try offsetTable.u64(&pager).map { Int64(clamping: $0) }
                } else {
                    offset = try offsetTable.u32(&pager).map { Int64($0) }
                }
                guard let offset, left > 0 else { break }
                let size = try sizes.sum(of: min(perChunk, left), &pager)
                left -= min(perChunk, left)
                bytes = bytes.saturatingAdd(size)
                if size > 0 { extentEnd = max(extentEnd, offset.saturatingAdd(size)) }
            }
        }
        bytes = bytes.saturatingAdd(try sizes.sum(of: left, &pager))
    }

    private static func nextRun(_ table: inout TableCursor, _ pager: inout Pager) throws
        -> (firstChunk: Int, samples: Int64)?
    {
        guard let first = try table.u32(&pager), let samples = try table.u32(&pager), try table.u32(&pager) != nil
        else {
            return nil
        }
        return (first, Int64(samples))
    }
}

/// The sizes of the samples, read one after another (8.7.3).
private struct SampleSizes {
    var count: Int64 = 0
    /// 0 where each sample has its own.
    private var constant: Int64 = 0
    private var fieldBits = 32
    private var table: TableCursor

    init(_ box: Box, _ pager: inout Pager) throws {
        let head = try pager.bytes(at: box.body, count: 12)
        table = TableCursor(at: box.body + 12, count: box.bodySize - 12)
        let declared = Int64(head.u32(8) ?? 0)
        if box.type == "stsz" {
            constant = Int64(head.u32(4) ?? 0)
        } else {
            fieldBits = head.u8(7) ?? 0
        }
        // With a size for each, there are no more samples than the table has room for.
        let room = constant > 0 || fieldBits == 0 ? declared : max(box.bodySize - 12, 0) * 8 / Int64(fieldBits)
        count = min(declared, room)
    }

    mutating func sum(of samples: Int64, _ pager: inout Pager) throws -> Int64 {
        guard samples > 0 else { return 0 }
        if constant > 0 { return constant.saturatingMultiply(samples) }
        var total: Int64 = 0
        for _ in 0..<samples {
            guard let size = try next(&pager) else { break }
            total = total.saturatingAdd(Int64(size))
        }
        return total
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

    private var pending: [Int] = []

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

/// How long the samples of a track are, as they are met one run after another.
struct SampleTiming {
    private(set) var samples: Int64 = 0
    private(set) var duration: Int64 = 0
    private var least = Int64.max
    private var greatest = Int64.min
    /// The last run, which is left out while it may prove to be a single last sample.
    private var last: (count: Int64, delta: Int64) = (0, 0)

    mutating func add(count: Int64, delta: Int64) {
        guard count > 0, delta >= 0 else { return }
        samples = samples.saturatingAdd(count)
        duration = duration.saturatingAdd(count.saturatingMultiply(delta))
        if delta == last.delta {
            last.count = last.count.saturatingAdd(count)
        } else {
            take()
            last = (count, delta)
        }
    }

    /// The length that all samples have, the last one left aside: what follows it does not show. Lengths that differ
    /// by one tick are the same length, rounded to the clock.
    var constant: (ticks: Int64, exact: Bool)? {
        guard samples > 0 else { return nil }
        var all = self
        if last.count > 1 || samples == 1 { all.take() }
        guard all.greatest > 0 else { return nil }
        if all.least == all.greatest { return (all.least, true) }
        return all.greatest - all.least <= 1 && all.least >= 10 ? (all.least, false) : nil
    }

    private mutating func take() {
        guard last.count > 0 else { return }
        least = min(least, last.delta)
        greatest = max(greatest, last.delta)
    }
}
