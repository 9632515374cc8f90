internal import ReelModel

/// One track of a movie (ISO/IEC 14496-12, 8.3).
struct Track {
    var id = 0
    /// `vide`, `soun`, `text`, `tmcd` …
    var handler = ""
    var timescale = 0
    /// In the track's time scale; `nil` where the header leaves it open.
    var mediaDuration: Int64?
    /// The upper left of the display matrix.
    var matrix = Matrix()
    var edits = EditList()
    var entry: SampleEntry?
    var tables = SampleTables()
    var fragments = FragmentSums()
    /// Whether the samples are in another file, which this one only names.
    var isExternal = false
    /// Tracks that hold the chapters of this one.
    var chapters: [Int] = []
    /// Where it stands in the file.
    let place: Int64
    private(set) var faults: [StructureFault] = []

    init(_ box: Box, isQuickTime: Bool, _ ground: SampleGround, _ pager: inout Pager) throws {
        place = box.start
        var boxes = BoxWalk(inside: box)
        while let child = try boxes.next(&pager, inside: box, &faults) {
            switch child.type {
            case "tkhd": try readHeader(child, &pager)
            case "edts": if let list = try child.child("elst", &pager) { edits = try EditList(list, &pager) }
            case "mdia": try readMedia(child, isQuickTime, ground, &pager)
            case "tref":
                guard let list = try child.child("chap", &pager) else { continue }
                let ids = try list.contents(limit: 64, &pager)
                chapters = (0..<16).compactMap { ids.u32(4 * $0) }
            default: continue
            }
        }
        for fault in tables.faults where faults.count < StructureFault.limit { faults.append(fault) }
    }

    /// 8.3.2
    private mutating func readHeader(_ box: Box, _ pager: inout Pager) throws {
        let body = try box.contents(limit: 96, &pager)
        let wide = body.u8(0) == 1
        id = body.u32(wide ? 20 : 12) ?? 0
        matrix = Matrix(body, at: wide ? 52 : 40)
    }

    private mutating func readMedia(
        _ box: Box, _ isQuickTime: Bool, _ ground: SampleGround, _ pager: inout Pager
    ) throws {
        var information: Box?
        var boxes = BoxWalk(inside: box)
        while let child = try boxes.next(&pager, inside: box, &faults) {
            switch child.type {
            case "mdhd":  // 8.4.2
                let body = try child.contents(limit: 36, &pager)
                let wide = body.u8(0) == 1
                timescale = body.u32(wide ? 20 : 12) ?? 0
                let open = wide ? UInt64.max : UInt64(UInt32.max)
                let duration = wide ? body.u64(24) : body.u32(16).map { UInt64($0) }
                mediaDuration = duration.flatMap { $0 == open ? nil : Int64(clamping: $0) }
            case "hdlr": handler = try child.contents(limit: 12, &pager).fourCC(8) ?? ""
            case "minf": information = child
            default: continue
            }
        }
        // The handler says how the sample table is to be read, and may stand behind it.
        guard let information else { return }
        var table: Box?
        var parts = BoxWalk(inside: information)
        while let part = try parts.next(&pager, inside: information, &faults) {
            if part.type == "stbl", table == nil { table = part }
        }
        guard let table else {
            faults.note(.brokenIndex, offset: box.start, "the track has no sample table (stbl)")
            return
        }
        var ground = ground
        if let description = try table.child("stsd", &pager) {
            entry = try SampleEntry(description, handler: handler, isQuickTime: isQuickTime, &pager)
            ground.descriptions = entry?.descriptions ?? 0
        }
        tables = try SampleTables(table, ground, &pager)
        // Where the samples are all here, the name of another file is a left-over.
        if tables.outside.count > 0 || tables.isMisplaced, try DataReference.isExternal(information, &pager) {
            isExternal = true
            ground.isExternal = true
            tables = try SampleTables(table, ground, &pager)
        }
        if handler == "soun", !isQuickTime { try entry?.settleChannels(firstSample: tables.firstPlace, &pager) }
    }

    /// Ticks of media in the track, fragments included.
    var ticks: Int64? {
        let withoutTables = fragments.samples > 0 ? 0 : mediaDuration
        let inTables = tables.duration > 0 ? tables.duration : withoutTables
        return inTables.map { $0.saturatingAdd(fragments.span) }
    }

    /// Seconds of media in the track.
    var mediaSeconds: Double? {
        guard timescale > 0, let ticks else { return nil }
        return Double(ticks) / Double(timescale)
    }
}
