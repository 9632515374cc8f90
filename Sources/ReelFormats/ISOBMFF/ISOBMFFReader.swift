internal import ReelModel

/// Reads MP4, QuickTime, 3GPP and M4A files (ISO/IEC 14496-12): the boxes at the top, the index, and the fragments.
/// Media data is stepped over.
enum ISOBMFFReader {
    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        var file = TopLevel(length: pager.length)
        try file.walk(&pager)
        facts.fragmented = .known(file.isFragmented || file.movie?.hasExtension == true)

        guard let movie = file.movie else {
            let why = "the index (moov) is missing"
            facts.duration = .unknown(why)
            facts.fastStart = .unknown(why)
            facts.fragmented = file.isFragmented ? .known(true) : .unknown(why)
            facts.editLists = .unknown(why)
            facts.video = .unknown(why)
            facts.audio = .unknown(why)
            facts.others = .unknown(why)
            facts.encrypted = .unknown(why)
            // A movie box is required (8.2.1); the smallest is a header.
            facts.missingBytes = .known(max(file.promisedEnd - pager.length, 8))
            file.faults.note(.brokenIndex, why)
            facts.structureFaults = .known(file.faults)
            facts.metadata = .known(file.metadata.entries)
            return
        }
        facts.fastStart = .known(!file.mediaBeforeIndex)
        let missing = max(file.promisedEnd - pager.length, 0)
        if missing == 0, let why = file.damage ?? (file.isOpenEnded ? openEnd : nil) {
            facts.missingBytes = .unknown(why)
        } else {
            facts.missingBytes = .known(missing)
        }
        movie.describe(in: &facts, beside: file.faults)
        file.metadata.add(movie.metadata.entries)
        file.metadata.add(movie.telemetry)
        facts.metadata = .known(file.metadata.entries)
    }

    private static let openEnd = "its fragments do not say which is the last, so more may have followed"
}

/// The boxes at the top of a file, and what they lead to.
private struct TopLevel {
    private let length: Int64
    private(set) var movie: Movie?
    private(set) var isFragmented = false
    private(set) var mediaBeforeIndex = false
    /// How far the file goes by its own account.
    private(set) var promisedEnd: Int64 = 0
    private(set) var damage: String?
    var faults: [StructureFault] = []
    /// Of boxes outside the index.
    var metadata = MovieMetadata()

    private var brands = FileBrands()
    private var index: Box?
    private var media = MediaRanges()
    private var segments = SegmentIndex()
    private var randomAccess = FragmentIndex()
    private var sums: [Int: FragmentSums] = [:]
    /// The samples of the last fragment, which the media data behind it should hold.
    private var awaited: Range<Int64>?

    init(length: Int64) { self.length = length }

    /// Whether it may have gone on behind the last fragment: no index of fragments and no length says where it ends.
    var isOpenEnded: Bool {
        guard isFragmented || movie?.hasExtension == true else { return false }
        return !randomAccess.isThere && !segments.tellsEnd(firstFragment: randomAccess.first)
            && movie?.extendedDuration == nil
    }

    mutating func walk(_ pager: inout Pager) throws {
        var boxes = BoxWalk(from: 0, to: length)
        var end: Int64 = 0
        while let box = try boxes.next(&pager) {
            guard box.isNamed else {
                try noteStray(from: box.start, &pager)
                end = length
                break
            }
            end = box.end
            promisedEnd = max(promisedEnd, box.promisedEnd)
            try take(box, &pager)
        }
        if end < length { try takeRest(boxes, &pager) }
        try readIndex(&pager)
        promisedEnd = max(promisedEnd, segments.promisedEnd(fileEnd: length))
        segments.note(in: &faults, fileEnd: length)
        randomAccess.note(in: &faults)
        noteAwaited()
        guard var movie else { return }
        for place in movie.tracks.indices {
            if let sum = sums.removeValue(forKey: movie.tracks[place].id) { movie.tracks[place].fragments = sum }
            promisedEnd = max(promisedEnd, movie.tracks[place].tables.extentEnd)
        }
        if let stranger = sums.keys.min() {
            faults.note(.brokenIndex, "fragments hold samples of track \(stranger), which the index does not have")
        }
        self.movie = movie
    }

    private mutating func take(_ box: Box, _ pager: inout Pager) throws {
        media.add(box)
        segments.met(box)
        switch box.type {
        case "ftyp": brands = try FileBrands(of: box, &pager)
        case "moov" where index == nil: index = box
        case "moov":
            faults.note(
                .secondIndex, offset: box.start, bytes: box.end - box.start, "the file has a second index (moov)")
        case "mdat":
            mediaBeforeIndex = mediaBeforeIndex || index == nil
            takeMedia(box)
        case "uuid": try metadata.readUnique(box, &pager)
        case "meta": try metadata.readMeta(box, &pager)
        case "udta": try metadata.readUserData(box, &pager)
        case "jumb": try metadata.readJUMBF(box, &pager)
        case "sidx": try segments.read(box, &pager)
        case "mfra": try randomAccess.read(box, &pager)
        case "moof":
            isFragmented = true
            randomAccess.met(box)
            noteAwaited()
            try readIndex(&pager)
            var reader = FragmentReader(box, fileEnd: length)
            try reader.read(&pager, defaults: movie?.fragmentDefaults ?? [:], into: &sums)
            promisedEnd = max(promisedEnd, reader.extentEnd)
            for fault in reader.faults where faults.count < StructureFault.limit { faults.append(fault) }
            if reader.extentStart >= box.end, reader.extentEnd > reader.extentStart {
                awaited = reader.extentStart..<reader.extentEnd
            }
        default: break
        }
    }

    /// The index is read when the first fragment needs it, else when it is known where all media data is.
    private mutating func readIndex(_ pager: inout Pager) throws {
        guard movie == nil, let index else { return }
        let isQuickTime = brands.major.isEmpty || brands.major == "qt  " || brands.compatible.contains("qt  ")
        let ground = SampleGround(fileEnd: length, media: isFragmented ? MediaRanges(open: ()) : media)
        movie = try Movie(index, isQuickTime: isQuickTime, ground, &pager)
    }

    /// The samples of one fragment may be in several boxes of media data, one behind the other.
    private mutating func takeMedia(_ box: Box) {
        guard let range = awaited, box.body <= range.lowerBound, range.lowerBound < box.promisedEnd else { return }
        let next = box.promisedEnd.saturatingAdd(box.body - box.start)
        awaited = next < range.upperBound ? next..<range.upperBound : nil
    }

    private mutating func noteAwaited() {
        if let range = awaited, range.upperBound <= length {
            faults.note(
                .impossibleSize, offset: range.lowerBound, bytes: range.upperBound - range.lowerBound,
                "the samples of a fragment (moof) do not lie in the media data (mdat) behind it")
        }
        awaited = nil
    }

    // MARK: What is left over

    private mutating func takeRest(_ boxes: BoxWalk, _ pager: inout Pager) throws {
        if let damage = boxes.damage {
            self.damage = damage
            faults.note(.impossibleSize, offset: boxes.position, bytes: length - boxes.position, damage)
            return
        }
        // Less than a header: zeros are padding, anything else a header that was cut off.
        let rest = try pager.bytes(at: boxes.position, count: Int(min(length - boxes.position, 8)))
        guard rest.count < 8, rest.array.contains(where: { $0 != 0 }) else { return }
        promisedEnd = max(promisedEnd, boxes.position + 8)
    }

    private mutating func noteStray(from start: Int64, _ pager: inout Pager) throws {
        let size = length - start
        let opening = try pager.bytes(at: start, count: Int(min(size, 4096)))
        let words = opening.array.contains { $0 != 0 } ? "bytes" : "zero bytes"
        faults.note(.strayBytes, offset: start, bytes: size, "\(size) \(words) after the last box belong to none")
        // Without an index, this may be where it was.
        if index == nil { damage = "what follows at byte \(start) is no box" }
    }
}
