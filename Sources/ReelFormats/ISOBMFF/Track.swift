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

    init(_ box: Box, isQuickTime: Bool, _ pager: inout Pager) throws {
        var boxes = BoxWalk(inside: box)
        while let child = try boxes.next(&pager) {
            switch child.type {
            case "tkhd": try readHeader(child, &pager)
            case "edts": if let list = try child.child("elst", &pager) { edits = try EditList(list, &pager) }
            case "mdia": try readMedia(child, isQuickTime, &pager)
            default: continue
            }
        }
    }

    /// 8.3.2
    private mutating func readHeader(_ box: Box, _ pager: inout Pager) throws {
        let body = try box.contents(limit: 96, &pager)
        let wide = body.u8(0) == 1
        id = body.u32(wide ? 20 : 12) ?? 0
        matrix = Matrix(body, at: wide ? 52 : 40)
    }

    private mutating func readMedia(_ box: Box, _ isQuickTime: Bool, _ pager: inout Pager) throws {
        var information: Box?
        var boxes = BoxWalk(inside: box)
        while let child = try boxes.next(&pager) {
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
        guard let table = try information?.child("stbl", &pager) else { return }
        if let description = try table.child("stsd", &pager) {
            entry = try SampleEntry(description, handler: handler, isQuickTime: isQuickTime, &pager)
        }
        tables = try SampleTables(table, &pager)
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

/// What turns a picture for display: the upper left of the 3×3 matrix (8.3.2), in whole units.
struct Matrix {
    var a = 1.0
    var b = 0.0
    var c = 0.0
    var d = 1.0

    init() {}

    init(_ bytes: Bytes, at start: Int) {
        guard let a = bytes.i32(start), let b = bytes.i32(start + 4), let c = bytes.i32(start + 12),
            let d = bytes.i32(start + 16)
        else { return }
        (self.a, self.b, self.c, self.d) = (Double(a) / 65536, Double(b) / 65536, Double(c) / 65536, Double(d) / 65536)
    }

    /// This, then the other.
    func followed(by other: Matrix) -> Matrix {
        var product = Matrix()
        product.a = a * other.a + b * other.c
        product.b = a * other.b + b * other.d
        product.c = c * other.a + d * other.c
        product.d = c * other.b + d * other.d
        return product
    }

    /// Degrees clockwise.
    var rotation: Known<Int> {
        if b == 0, c == 0 {
            if a > 0, d > 0 { return .known(0) }
            if a < 0, d < 0 { return .known(180) }
        }
        if a == 0, d == 0 {
            if b > 0, c < 0 { return .known(90) }
            if b < 0, c > 0 { return .known(270) }
        }
        if a * d - b * c < 0 { return .unknown("the display matrix mirrors the picture") }
        if a == 0, b == 0, c == 0, d == 0 { return .known(0) }
        return .unknown("the display matrix turns by no multiple of 90 degrees")
    }
}
