/// What the fragments of a track add up to (ISO/IEC 14496-12, 8.8).
struct FragmentSums {
    var samples: Int64 = 0
    var bytes: Int64 = 0
    var timing = SampleTiming()
    /// Decode times, in the track's time scale.
    var first: Int64?
    var end: Int64 = 0

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
    /// The end of the samples, as promised.
    private(set) var extentEnd: Int64 = 0

    init(_ box: Box) { movieFragment = box }

    mutating func read(
        _ pager: inout Pager, defaults: [Int: FragmentDefaults], into sums: inout [Int: FragmentSums]
    ) throws {
        var boxes = BoxWalk(inside: movieFragment)
        while let box = try boxes.next(&pager) {
            guard box.type == "traf" else { continue }
            try readTrack(box, &pager, defaults: defaults, into: &sums)
        }
    }

    private mutating func readTrack(
        _ box: Box, _ pager: inout Pager, defaults: [Int: FragmentDefaults], into sums: inout [Int: FragmentSums]
    ) throws {
        var id = 0
        var values = FragmentDefaults()
        var base = movieFragment.start
        var sum = FragmentSums()
        var boxes = BoxWalk(inside: box)
        while let child = try boxes.next(&pager) {
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
                sum.first = min(sum.first ?? start, start)
                sum.end = start
            case "trun": base = try readRun(child, &pager, values, base, &sum)
            default: continue
            }
        }
        if id > 0 { sums[id] = sum }
    }

    /// 8.8.8. Answers where the data of a following run starts if it does not say.
    private mutating func readRun(
        _ box: Box, _ pager: inout Pager, _ values: FragmentDefaults, _ base: Int64, _ sum: inout FragmentSums
    ) throws -> Int64 {
        let head = try pager.bytes(at: box.body, count: 16)
        guard let flags = head.u24(1), let count = head.u32(4) else { return base }
        var skipped: Int64 = 8
        var start = base
        if flags & 1 != 0 {
            start = base.saturatingAdd(Int64(head.i32(8) ?? 0))
            skipped += 4
        }
        if flags & 4 != 0 { skipped += 4 }
        var table = TableCursor(at: box.body + skipped, count: box.bodySize - skipped)
        if sum.first == nil { sum.first = 0 }
        let before = (samples: sum.timing.samples, duration: sum.timing.duration)
        var bytes: Int64 = 0
        if flags & 0xF00 == 0 {
            sum.timing.add(count: Int64(count), delta: values.duration)
            bytes = values.size.saturatingMultiply(Int64(count))
        } else {
            samples: for _ in 0..<count {
                var delta = values.duration
                var size = values.size
                for field in [0x100, 0x200, 0x400, 0x800] where flags & field != 0 {
                    guard let value = try table.u32(&pager) else { break samples }
                    if field == 0x100 { delta = Int64(value) }
                    if field == 0x200 { size = Int64(value) }
                }
                sum.timing.add(count: 1, delta: delta)
                bytes = bytes.saturatingAdd(size)
            }
        }
        sum.samples = sum.timing.samples
        sum.end = sum.end.saturatingAdd(sum.timing.duration - before.duration)
        sum.bytes = sum.bytes.saturatingAdd(bytes)
        let end = start.saturatingAdd(bytes)
        if bytes > 0 { extentEnd = max(extentEnd, end) }
        return end
    }
}
