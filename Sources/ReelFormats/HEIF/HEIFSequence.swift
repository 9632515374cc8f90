/// The film in a file of image sequences (ISO/IEC 23008-12, 7): a track of pictures, and perhaps one of their
/// transparency.
struct HEIFSequence {
    private(set) var frames: Int?
    private(set) var seconds: Double?
    private(set) var width: Int?
    private(set) var height: Int?
    /// How often it runs, 0 is for ever; `nil` where it is not said.
    private(set) var loops: Int?
    private(set) var hasAlpha = false
    /// Of the pictures.
    private(set) var coding: String?

    init(_ movie: Box, _ pager: inout Pager) throws {
        var boxes = BoxWalk(inside: movie)
        while let box = try boxes.next(&pager) {
            guard box.type == "trak", let media = try box.child("mdia", &pager) else { continue }
            let handler = try media.child("hdlr", &pager)?.contents(limit: 12, &pager).fourCC(8)
            if handler == "auxv" { hasAlpha = true }
            guard handler == "pict" || handler == "vide", frames == nil else { continue }
            try read(box, media, &pager)
        }
    }

    private mutating func read(_ track: Box, _ media: Box, _ pager: inout Pager) throws {
        var trackTicks: UInt64?
        if let header = try track.child("tkhd", &pager)?.contents(limit: 96, &pager) {
            let isWide = header.u8(0) == 1
            width = header.u32(isWide ? 88 : 76).map { $0 >> 16 }
            height = header.u32(isWide ? 92 : 80).map { $0 >> 16 }
            // All ones: the length is open.
            trackTicks = isWide ? header.u64(28) : header.u32(20).map { $0 == 0xFFFF_FFFF ? .max : UInt64($0) }
        }
        if let header = try media.child("mdhd", &pager)?.contents(limit: 36, &pager) {
            let isWide = header.u8(0) == 1
            let scale = header.u32(isWide ? 20 : 12) ?? 0
            let ticks = isWide ? header.u64(24) : header.u32(16).map { UInt64($0) }
            if scale > 0, let ticks, ticks < UInt64(Int64.max) { seconds = Double(ticks) / Double(scale) }
        }
        guard let table = try media.child("minf", &pager)?.child("stbl", &pager) else { return }
        if let description = try table.child("stsd", &pager) {
            var entries = BoxWalk(inside: description, skipping: 8)
            coding = try entries.next(&pager).flatMap { ["hvc1": "hevc", "hev1": "hevc", "av01": "av1"][$0.type] }
        }
        if let sizes = try table.child("stsz", &pager) { frames = try sizes.contents(limit: 12, &pager).u32(8) }
        // ISO/IEC 14496-12, 8.6.6: the edits are run again until the track's length is filled.
        guard let edits = try track.child("edts", &pager)?.child("elst", &pager) else { return }
        let body = try edits.contents(limit: 28, &pager)
        guard (body.u24(1) ?? 0) & 1 == 1, let trackTicks else {
            loops = 1
            return
        }
        let segment = body.u8(0) == 1 ? body.u64(8) : body.u32(8).map { UInt64($0) }
        guard let segment, segment > 0 else { return }
        loops = trackTicks == .max ? 0 : Int(clamping: (trackTicks + segment - 1) / segment)
    }
}
