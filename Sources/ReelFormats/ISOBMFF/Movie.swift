internal import ReelModel

/// The index of a file (ISO/IEC 14496-12, 8.2): its tracks in order, and what goes with them.
struct Movie {
    var timescale = 0
    var tracks: [Track] = []
    /// Cover images, by the number of tracks that stand before them.
    var covers: [(afterTracks: Int, codec: Known<String>)] = []
    var hasExtension = false
    var fragmentDefaults: [Int: FragmentDefaults] = [:]
    private var matrix = Matrix()

    /// More tracks than any file that plays.
    private static let trackLimit = 1000

    init(_ box: Box, isQuickTime: Bool, _ pager: inout Pager) throws {
        var boxes = BoxWalk(inside: box)
        while let child = try boxes.next(&pager) {
            switch child.type {
            case "mvhd":  // 8.2.2
                let body = try child.contents(limit: 96, &pager)
                let wide = body.u8(0) == 1
                timescale = body.u32(wide ? 20 : 12) ?? 0
                matrix = Matrix(body, at: wide ? 48 : 36)
            case "trak" where tracks.count < Movie.trackLimit:
                tracks.append(try Track(child, isQuickTime: isQuickTime, &pager))
            case "mvex":
                hasExtension = true
                try readExtension(child, &pager)
            case "udta":
                guard let meta = try child.child("meta", &pager) else { continue }
                try readCovers(meta, &pager)
            case "meta": try readCovers(child, &pager)
            default: continue
            }
        }
        for index in tracks.indices { tracks[index].matrix = tracks[index].matrix.followed(by: matrix) }
    }

    private mutating func readExtension(_ box: Box, _ pager: inout Pager) throws {
        var boxes = BoxWalk(inside: box)
        while let child = try boxes.next(&pager) {
            guard child.type == "trex" else { continue }
            let body = try child.contents(limit: 24, &pager)
            guard let id = body.u32(4), let duration = body.u32(12), let size = body.u32(16) else { continue }
            fragmentDefaults[id] = FragmentDefaults(duration: Int64(duration), size: Int64(size))
        }
    }

    /// Apple's metadata: `covr` holds one `data` box a picture, with its kind.
    private mutating func readCovers(_ meta: Box, _ pager: inout Pager) throws {
        guard let list = try meta.child("ilst", skipping: 4, &pager), let cover = try list.child("covr", &pager) else {
            return
        }
        var pictures = BoxWalk(inside: cover)
        while let picture = try pictures.next(&pager) {
            guard picture.type == "data", picture.bodySize > 8, covers.count < 100 else { continue }
            let kind = try picture.contents(limit: 4, &pager).u32(0) ?? 0
            let names = [13: "mjpeg", 14: "png", 27: "bmp"]
            covers.append((tracks.count, Known(names[kind], else: "the cover's kind \(kind) is not known here")))
        }
    }
}
