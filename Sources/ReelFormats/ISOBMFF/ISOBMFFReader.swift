internal import ReelModel

/// Reads MP4, QuickTime, 3GPP and M4A files (ISO/IEC 14496-12): the boxes at the top, the index, and the fragments.
/// Media data is stepped over.
enum ISOBMFFReader {
    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        var brands = FileBrands()
        var movie: Movie?
        var mediaBeforeIndex = false
        var sums: [Int: FragmentSums] = [:]
        var fragmented = false
        var promisedEnd: Int64 = 0

        var boxes = BoxWalk(from: 0, to: pager.length)
        while let box = try boxes.next(&pager) {
            promisedEnd = max(promisedEnd, box.promisedEnd)
            switch box.type {
            case "ftyp": brands = try FileBrands(of: box, &pager)
            case "moov" where movie == nil:
                facts.fastStart = .known(!mediaBeforeIndex)
                let isQuickTime = brands.major.isEmpty || brands.major == "qt  " || brands.compatible.contains("qt  ")
                movie = try Movie(box, isQuickTime: isQuickTime, &pager)
            case "mdat": mediaBeforeIndex = mediaBeforeIndex || movie == nil
            case "moof":
                fragmented = true
                var reader = FragmentReader(box)
                try reader.read(&pager, defaults: movie?.fragmentDefaults ?? [:], into: &sums)
                promisedEnd = max(promisedEnd, reader.extentEnd)
            default: continue
            }
        }
        // What is left over after the last box is padding, or a header that was cut off.
        let rest = pager.length - boxes.position
        if (1..<8).contains(rest), boxes.damage == nil {
            let bytes = try pager.bytes(at: boxes.position, count: Int(rest))
            if bytes.array.contains(where: { $0 != 0 }) { promisedEnd = max(promisedEnd, boxes.position + 8) }
        }

        guard var movie else {
            let why = "the index (moov) is missing"
            facts.duration = .unknown(why)
            facts.fastStart = .unknown(why)
            facts.fragmented = fragmented ? .known(true) : .unknown(why)
            facts.editLists = .unknown(why)
            facts.video = .unknown(why)
            facts.audio = .unknown(why)
            facts.others = .unknown(why)
            facts.encrypted = .unknown(why)
            // A movie box is required (8.2.1); the smallest is a header.
            facts.missingBytes = .known(max(promisedEnd - pager.length, 8))
            return
        }
        for index in movie.tracks.indices {
            if let sum = sums[movie.tracks[index].id] { movie.tracks[index].fragments = sum }
            promisedEnd = max(promisedEnd, movie.tracks[index].tables.extentEnd)
        }
        facts.fragmented = .known(fragmented || movie.hasExtension)
        if let damage = boxes.damage {
            facts.missingBytes = promisedEnd > pager.length ? .known(promisedEnd - pager.length) : .unknown(damage)
        } else {
            facts.missingBytes = .known(max(promisedEnd - pager.length, 0))
        }
        movie.describe(in: &facts)
    }
}
