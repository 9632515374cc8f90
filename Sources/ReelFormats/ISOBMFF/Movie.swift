internal import ReelModel

/// The index of a file (ISO/IEC 14496-12, 8.2): its tracks in order, and what goes with them.
struct Movie {
    var timescale = 0
    var tracks: [Track] = []
    /// Cover images, by the number of tracks that stand before them.
    var covers: [(afterTracks: Int, codec: Known<String>)] = []
    var hasExtension = false
    /// How long it is with all its fragments, in the movie's time scale, where the index says so (8.8.2).
    private(set) var extendedDuration: Int64?
    var fragmentDefaults: [Int: FragmentDefaults] = [:]
    private var matrix = Matrix()
    /// In the movie's time scale; `nil` where the header leaves it open.
    private var statedDuration: Int64?
    /// What contradicts itself in the index, beside what the tracks hold.
    private(set) var faults: [StructureFault] = []
    /// Whether it holds keys for protected media (`pssh`).
    private(set) var hasKeys = false
    var metadata = MovieMetadata()
    /// Whether all else is in a compressed box, which is not read here.
    private(set) var isCompressed = false

    /// More tracks than any file that plays.
    private static let trackLimit = 1000

    init(_ box: Box, isQuickTime: Bool, _ ground: SampleGround, _ pager: inout Pager) throws {
        // Read at one go where it is small: everything below then comes from memory. Of a large one, the piece would be
        // gone before its tables are reached, and read again.
        if box.end - box.start <= Int64(Pager.pieceLimit) {
            _ = try pager.bytes(at: box.start, count: Int(box.end - box.start))
        }
        var hasHeader = false
        var trackCount = 0
        var boxes = BoxWalk(inside: box)
        while let child = try boxes.next(&pager, inside: box, &faults) {
            switch child.type {
            case "mvhd":  // 8.2.2
                let body = try child.contents(limit: 96, &pager)
                let wide = body.u8(0) == 1
                if hasHeader { faults.note(.secondIndex, offset: child.start, "the index has two headers (mvhd)") }
                hasHeader = true
                timescale = body.u32(wide ? 20 : 12) ?? 0
                metadata.addCreation(body)
                let length = wide ? body.u64(24).map { Int64(clamping: $0) } : body.u32(16).map { Int64($0) }
                statedDuration = length.flatMap { $0 == (wide ? .max : 0xFFFF_FFFF) ? nil : $0 }
                matrix = Matrix(body, at: wide ? 48 : 36)
            case "trak" where tracks.count < Movie.trackLimit:
                tracks.append(try Track(child, isQuickTime: isQuickTime, ground, &pager))
                if let own = try child.child("udta", &pager) { try metadata.readUserData(own, &pager) }
                if let own = try child.child("meta", &pager) { try metadata.readMeta(own, &pager) }
            case "trak": trackCount += 1
            case "cmov": isCompressed = true  // QuickTime File Format, compressed movie resources
            case "pssh": hasKeys = true  // ISO/IEC 23001-7, 8.1
            case "mvex":
                hasExtension = true
                try readExtension(child, &pager)
            case "udta":
                try metadata.readUserData(child, &pager)
                guard let meta = try child.child("meta", &pager) else { continue }
                try readCovers(meta, &pager)
            case "meta":
                try metadata.readMeta(child, &pager)
                try readCovers(child, &pager)
            case "uuid": try metadata.readUnique(child, &pager)
            default: continue
            }
        }
        for index in tracks.indices { tracks[index].matrix = tracks[index].matrix.followed(by: matrix) }
        if !hasHeader, !isCompressed { faults.note(.brokenIndex, offset: box.start, "the index has no header (mvhd)") }
        if hasHeader, timescale == 0 {
            faults.note(.brokenTiming, offset: box.start, "the movie's clock has zero ticks a second (mvhd)")
        }
        if trackCount > 0 {
            faults.note(
                .brokenIndex, offset: box.start,
                "the index has \(tracks.count + trackCount) tracks, of which \(tracks.count) were read")
        }
        var ids: Set<Int> = []
        for track in tracks where !ids.insert(track.id).inserted {
            faults.note(.secondIndex, offset: track.place, "a second track has the number \(track.id)")
        }
    }

    /// Whether the index states another length than its longest track has. Fragments come on top of what it states.
    /// Writers round, and count edits in their own ways: two seconds and a tenth are neither.
    var lengthFault: StructureFault? {
        guard timescale > 0, let statedDuration, statedDuration > 0, !hasExtension else { return nil }
        let ends = tracks.compactMap { $0.presentation(movieTimescale: timescale)?.end }
        guard ends.count == tracks.count, let longest = ends.max(), longest > 0 else { return nil }
        let stated = Double(statedDuration) / Double(timescale)
        guard abs(stated - longest) > max(2, longest / 10) else { return nil }
        let rounded = { (seconds: Double) in (seconds * 100).rounded() / 100 }
        return StructureFault(
            .brokenTiming,
            "the index states \(rounded(stated)) s (mvhd), and the longest track lasts \(rounded(longest)) s")
    }

    /// Whether the fragments end before the index says that they do: by more than rounding, and than the last frame of
    /// a track that ends before the others.
    func lackedFragments(ending longest: Double, fileEnd: Int64) -> StructureFault? {
        // The opening part of a stream has none of them, and is told for that.
        guard timescale > 0, let extendedDuration, tracks.contains(where: { $0.fragments.samples > 0 }) else {
            return nil
        }
        let stated = Double(extendedDuration) / Double(timescale)
        guard stated - longest > 0.5 else { return nil }
        let rounded = { (seconds: Double) in (seconds * 100).rounded() / 100 }
        return StructureFault(
            .samplesOutsideFile, offset: fileEnd, time: longest,
            "the index states \(rounded(stated)) s with all fragments (mehd), and they end at \(rounded(longest)) s")
    }

    private mutating func readExtension(_ box: Box, _ pager: inout Pager) throws {
        var boxes = BoxWalk(inside: box)
        while let child = try boxes.next(&pager) {
            if child.type == "mehd" {
                let body = try child.contents(limit: 12, &pager)
                let length =
                    body.u8(0) == 1 ? body.u64(4).map { Int64(clamping: $0) } : body.u32(4).map { Int64($0) }
                extendedDuration = length.flatMap { $0 > 0 && $0 < (body.u8(0) == 1 ? .max : 0xFFFF_FFFF) ? $0 : nil }
            }
            guard child.type == "trex" else { continue }
            let body = try child.contents(limit: 24, &pager)
            guard let id = body.u32(4), let duration = body.u32(12), let size = body.u32(16) else { continue }
            fragmentDefaults[id] = FragmentDefaults(duration: Int64(duration), size: Int64(size))
        }
    }

    /// Apple's metadata: `covr` holds one `data` box a picture, with its kind.
    private mutating func readCovers(_ meta: Box, _ pager: inout Pager) throws {
        let skipped = try MovieMetadata.headerSize(meta, &pager)
        guard let list = try meta.child("ilst", skipping: skipped, &pager), let cover = try list.child("covr", &pager)
        else {
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
