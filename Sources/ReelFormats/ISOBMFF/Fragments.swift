internal import ReelModel

/// What the fragments of a track add up to (ISO/IEC 14496-12, 8.8).
struct FragmentSums {
    var samples: Int64 = 0
    var bytes: Int64 = 0
    var timing = SampleTiming()
    /// Decode times, in the track's time scale.
    var first: Int64?
    var end: Int64 = 0
    var outside = OutsideSamples()
    /// Fragments that begin before the one before them has ended.
    var backwards = 0
    var isEncrypted = false

    /// From the first sample to the end of the last, gaps included.
    var span: Int64 { first.map { max(end.saturatingAdd($0 == .min ? .max : -$0), 0) } ?? 0 }
}

/// A track's defaults for its fragments (8.8.3).
struct FragmentDefaults {
    var duration: Int64 = 0
    var size: Int64 = 0
}

/// Reads one `moof`.
struct FragmentReader {
    let movieFragment: Box
    private let fileEnd: Int64
    /// The samples of the fragment, from the first to the last, as promised.
    private(set) var extentStart = Int64.max
    private(set) var extentEnd: Int64 = 0
    private(set) var faults: [StructureFault] = []
    /// Where the samples of the next track begin, if it does not say (8.8.7).
    private var nextBase: Int64

    init(_ box: Box, fileEnd: Int64) {
        movieFragment = box
        self.fileEnd = fileEnd
        nextBase = box.start
    }

    mutating func read(
        _ pager: inout Pager, defaults: [Int: FragmentDefaults], into sums: inout [Int: FragmentSums]
    ) throws {
        var boxes = BoxWalk(inside: movieFragment)
        while let box = try boxes.next(&pager, inside: movieFragment, &faults) {
            guard box.type == "traf" else { continue }
            try readTrack(box, &pager, defaults: defaults, into: &sums)
        }
        if extentStart < movieFragment.end, extentEnd > movieFragment.start {
            faults.note(
                .brokenIndex, offset: movieFragment.start, "a fragment (moof) places samples inside itself")
        }
    }

    private mutating func readTrack(
        _ box: Box, _ pager: inout Pager, defaults: [Int: FragmentDefaults], into sums: inout [Int: FragmentSums]
    ) throws {
        var id = 0
        var values = FragmentDefaults()
        var base = nextBase
        var sum = FragmentSums()
        var following: Int64?
        var boxes = BoxWalk(inside: box)
        while let child = try boxes.next(&pager, inside: box, &faults) {
            switch child.type {
            case "tfhd":  // 8.8.7
                let body = try child.contents(limit: 40, &pager)
                guard let flags = body.u24(1), let track = body.u32(4) else { return }
                id = track
                sum = sums[id] ?? FragmentSums()
                values = defaults[id] ?? FragmentDefaults()
                var at = 8
                if flags & 1 != 0 {
                    base = body.u64(at).map { Int64(clamping: $0) } ?? base
                    at += 8
                }
                if flags & 0x2_0001 == 0x2_0000 { base = movieFragment.start }
                if flags & 2 != 0 { at += 4 }
                if flags & 8 != 0 {
                    values.duration = Int64(body.u32(at) ?? 0)
                    at += 4
                }
                if flags & 0x10 != 0 { values.size = Int64(body.u32(at) ?? 0) }
            case "tfdt":  // 8.8.12
                let body = try child.contents(limit: 12, &pager)
                let time = body.u8(0) == 1 ? body.u64(4) : body.u32(4).map { UInt64($0) }
                guard let time else { continue }
                let start = Int64(clamping: time)
                // One tick is what rounding to the clock may cost.
                if sum.first != nil, start < sum.end - 1 { sum.backwards += 1 }
                sum.first = min(sum.first ?? start, start)
                sum.end = start
            case "senc": sum.isEncrypted = true  // ISO/IEC 23001-7, 7.2
            case "trun": following = try readRun(child, &pager, values, base, following ?? base, &sum)
            default: continue
            }
        }
        nextBase = following ?? base
        if id > 0 { sums[id] = sum }
    }

    /// 8.8.8. Answers where the data of a following run starts if it does not say.
    private mutating func readRun(
        _ box: Box, _ pager: inout Pager, _ values: FragmentDefaults, _ base: Int64, _ following: Int64,
        _ sum: inout FragmentSums
    ) throws -> Int64 {
        let head = try pager.bytes(at: box.body, count: 16)
        guard let flags = head.u24(1), let count = head.u32(4) else { return following }
        var skipped: Int64 = 8
        var start = following
        if flags & 1 != 0 {
            start = base.saturatingAdd(Int64(head.i32(8) ?? 0))
            skipped += 4
        }
        if flags & 4 != 0 { skipped += 4 }
        var table = TableCursor(at: box.body + skipped, count: box.bodySize - skipped)
        if sum.first == nil { sum.first = 0 }
        let before = sum.timing.duration
        var at = start
        if flags & 0xF00 == 0 {
            let step = values.duration
            sum.timing.add(count: Int64(count), delta: step)
            at = start.saturatingAdd(values.size.saturatingMultiply(Int64(count)))
            if at > fileEnd, values.size > 0 {
                let inside = min(max(fileEnd.saturatingAdd(-start), 0) / values.size, Int64(count))
                sum.outside.add(
                    Int64(count) - inside, offset: start.saturatingAdd(inside.saturatingMultiply(values.size)),
                    ticks: sum.end.saturatingAdd(inside.saturatingMultiply(step)))
            }
        } else {
            samples: for _ in 0..<count {
                var delta = values.duration
                var size = values.size
                for field in [0x100, 0x200, 0x400, 0x800] where flags & field != 0 {
                    guard let value = try table.u32(&pager) else {
                        if box.promisedEnd == box.end {
                            faults.note(
                                .brokenIndex, offset: box.start,
                                "a run (trun) says \(count) samples and has room for fewer")
                        }
                        break samples
                    }
                    if field == 0x100 { delta = Int64(value) }
                    if field == 0x200 { size = Int64(value) }
                }
                let end = at.saturatingAdd(size)
                if end > fileEnd, size > 0 {
                    let ticks = sum.end.saturatingAdd(sum.timing.duration - before)
                    sum.outside.add(1, offset: at, ticks: ticks)
                }
                sum.timing.add(count: 1, delta: delta)
                at = end
            }
        }
        sum.samples = sum.timing.samples
        sum.end = sum.end.saturatingAdd(sum.timing.duration - before)
        sum.bytes = sum.bytes.saturatingAdd(at.saturatingAdd(-start))
        if at > start {
            extentStart = min(extentStart, start)
            extentEnd = max(extentEnd, at)
        }
        return at
    }
}
