internal import ReelModel

/// What the sample tables of a track add up to (ISO/IEC 14496-12, 8.6.1, 8.7), and where they contradict each other or
/// the file. The tables themselves are not kept: they are read side by side, a piece at a time.
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
    /// Where the first sample stands in the file.
    private(set) var firstPlace: Int64?
    /// Where the last of the samples ends in the file.
    var extentEnd: Int64 = 0
    private(set) var outside = OutsideSamples()
    private(set) var faults: [StructureFault] = []
    /// Whether chunks lie in the file, and not in its media data.
    private(set) var isMisplaced = false
    /// Why the number of samples or their times are not to be trusted.
    private(set) var doubt: String?

    init() {}

    init(_ table: Box, _ ground: SampleGround, _ pager: inout Pager) throws {
        var found: [String: Box] = [:]
        var boxes = BoxWalk(inside: table)
        while let box = try boxes.next(&pager, inside: table, &faults) {
            guard SampleTables.wanted.contains(box.type) else { continue }
            if found[box.type] == nil {
                found[box.type] = box
            } else {
                faults.note(.secondIndex, offset: box.start, "the track has two tables of the kind \(box.type)")
            }
        }
        if let box = found["stts"] { try readTimes(box, &pager) }
        if let box = found["ctts"] {
            let first = try pager.bytes(at: box.body, count: 16)
            firstCompositionOffset = Int64(first.u32(4) ?? 0) > 0 ? Int64(first.i32(12) ?? 0) : 0
        }
        if let box = found["stsz"] ?? found["stz2"] {
            try readPlaces(box, offsets: found["co64"] ?? found["stco"], runs: found["stsc"], ground, &pager)
        }
        compareCounts(found)
        try checkCompositionOffsets(found["ctts"], &pager)
        try checkSyncSamples(found["stss"], &pager)
        if let first = outside.sample, let times = found["stts"] {
            outside.ticks = try SampleTables.time(ofSample: first, times, &pager)
        }
    }

    private static let wanted: Set<String> = ["stts", "ctts", "stsz", "stz2", "stco", "co64", "stsc", "stss"]

    /// The entries of a table: as many as it says, and as it has room for.
    private mutating func entries(_ box: Box, size: Int64, _ pager: inout Pager) throws -> Int {
        let declared = try pager.bytes(at: box.body, count: 8).u32(4) ?? 0
        let room = max(box.bodySize - 8, 0) / size
        // What a cut file has no room for is told as missing.
        if Int64(declared) > room, box.promisedEnd == box.end {
            distrust("the table \(box.type) says \(declared) entries and has room for \(room)", offset: box.start)
        }
        return Int(min(Int64(declared), room))
    }

    private mutating func distrust(_ why: String, offset: Int64?) {
        doubt = doubt ?? why
        faults.note(.brokenIndex, offset: offset, why)
    }

    // MARK: Times

    private mutating func readTimes(_ box: Box, _ pager: inout Pager) throws {
        var table = TableCursor(at: box.body + 8, count: box.bodySize - 8)
        var negative = 0
        for _ in 0..<(try entries(box, size: 8, &pager)) {
            guard let count = try table.u32(&pager), let delta = try table.u32(&pager) else { break }
            // Lengths are unsigned (8.6.1.2); the upper half is what writers make of a time that runs backwards.
            if delta > Int32.max { negative += 1 }
            timing.add(count: Int64(count), delta: Int64(delta))
        }
        duration = timing.duration
        if timing.samples > 1, duration == 0 { doubt = "its samples last no time" }
        if negative > 0 {
            doubt = doubt ?? "samples run backwards in time"
            faults.note(.brokenTiming, offset: box.start, "\(negative) runs of samples go backwards in time (stts)")
        }
    }

    /// When a sample is decoded, in the track's time scale.
    private static func time(ofSample sample: Int64, _ box: Box, _ pager: inout Pager) throws -> Int64 {
        var table = TableCursor(at: box.body + 8, count: box.bodySize - 8)
        var left = sample
        var time: Int64 = 0
        while left > 0, let count = try table.u32(&pager), let delta = try table.u32(&pager) {
            let taken = min(Int64(count), left)
            time = time.saturatingAdd(taken.saturatingMultiply(Int64(delta)))
            left -= taken
        }
        return time
    }

    // MARK: Places

    /// Walks chunks, the runs that say how many samples are in each, and the samples' sizes side by side.
    private mutating func readPlaces(
        _ box: Box, offsets: Box?, runs: Box?, _ ground: SampleGround, _ pager: inout Pager
    ) throws {
        var sizes = try SampleSizes(box, &pager)
        samples = sizes.count
        if sizes.declared > sizes.count, box.promisedEnd == box.end {
            distrust(
                "the table \(box.type) says \(sizes.declared) samples and has room for \(sizes.count)",
                offset: box.start)
        }
        let fileEnd = ground.isExternal ? Int64.max : ground.fileEnd
        var left = sizes.count
        if let offsets, let runs {
            var walk = try ChunkWalk(
                offsets: offsets, count: try entries(offsets, size: offsets.type == "co64" ? 8 : 4, &pager), runs: runs,
                runCount: try entries(runs, size: 12, &pager), descriptions: ground.descriptions, &pager)
            while left > 0, let chunk = try walk.next(&pager) {
                let samplesHere = min(chunk.samples, left)
                let taken = try sizes.take(samplesHere, at: chunk.offset, fileEnd: fileEnd, &pager)
                if let first = taken.first {
                    outside.add(taken.outside, offset: first.offset, sample: sizes.count - left + first.sample)
                }
                left -= samplesHere
                bytes = bytes.saturatingAdd(taken.bytes)
                guard taken.bytes > 0, !ground.isExternal else { continue }
                firstPlace = firstPlace ?? chunk.offset
                let end = chunk.offset.saturatingAdd(taken.bytes)
                extentEnd = max(extentEnd, end)
                walk.check(chunk.offset, end, ground)
            }
            isMisplaced = walk.isMisplaced
            walk.note(in: &faults)
            if let flaw = walk.flaw { distrust(flaw, offset: runs.start) }
            // Nobody misses them, but a table that says too much may have lost samples too.
            if left == 0, walk.chunksLeft > 0, samples > 0 {
                faults.note(
                    .impossibleSize, offset: offsets.start,
                    "\(walk.chunksLeft) of \(walk.count) chunks (\(offsets.type)) are left over when all samples are "
                        + "placed")
            }
        }
        if left > 0 {
            bytes = bytes.saturatingAdd(
                try sizes.take(left, at: 0, fileEnd: .max, &pager).bytes)
            distrust(
                "\(left) of \(samples) samples have no place in the file: the tables of chunks (stco, stsc) end before",
                offset: (runs ?? offsets ?? box).start)
        }
        if samples > 0, bytes == 0 { distrust("all \(samples) samples are empty (\(box.type))", offset: box.start) }
    }

    // MARK: Counts

    private mutating func compareCounts(_ found: [String: Box]) {
        let timed = timing.samples
        guard timed != samples, doubt == nil else { return }
        // A table that a cut file has lost is told as missing.
        guard let sizes = found["stsz"] ?? found["stz2"], sizes.promisedEnd == sizes.end else { return }
        let words = "\(samples) samples have a size (\(sizes.type)) and \(timed) a time (stts)"
        if timed == 0 || samples == 0 {
            distrust(words, offset: sizes.start)
        } else {
            // They can all be found; when the last of them are shown is a guess.
            doubt = words
            faults.note(.brokenTiming, offset: sizes.start, words)
        }
    }

    private mutating func checkCompositionOffsets(_ box: Box?, _ pager: inout Pager) throws {
        guard let box else { return }
        var table = TableCursor(at: box.body + 8, count: box.bodySize - 8)
        var total: Int64 = 0
        for _ in 0..<(try entries(box, size: 8, &pager)) {
            guard let count = try table.u32(&pager), try table.u32(&pager) != nil else { break }
            total = total.saturatingAdd(Int64(count))
        }
        if total > samples {
            faults.note(
                .brokenTiming, offset: box.start,
                "\(total) samples have an offset to when they are shown (ctts), and there are \(samples)")
        }
    }

    private mutating func checkSyncSamples(_ box: Box?, _ pager: inout Pager) throws {
        guard let box else { return }
        var table = TableCursor(at: box.body + 8, count: box.bodySize - 8)
        var last = 0
        var beyond = 0
        var unordered = 0
        for _ in 0..<(try entries(box, size: 4, &pager)) {
            guard let sample = try table.u32(&pager) else { break }
            if sample == 0 || Int64(sample) > samples { beyond += 1 } else if sample <= last { unordered += 1 }
            last = sample
        }
        if beyond > 0 {
            // Only seeking suffers.
            faults.note(
                .brokenTiming, offset: box.start,
                "\(beyond) key frames (stss) are none of the track's \(samples) samples")
        }
        if unordered > 0 {
            faults.note(.brokenTiming, offset: box.start, "\(unordered) key frames (stss) are out of order")
        }
    }
}
