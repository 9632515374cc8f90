internal import ReelModel

/// Reads TIFF files (TIFF 6.0; BigTIFF; Adobe DNG): every directory, and where the pictures' data stand.
enum TIFFReader {
    /// Pages, previews and their like; scanners make hundreds.
    private static let directoryLimit = 10_000

    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        var account = ImageAccount()
        guard let structure = try TIFFStructure(at: 0, limit: pager.length, &pager),
            let first = try structure.directory(at: structure.firstDirectory, &pager)
        else {
            let why = "its first directory could not be read"
            account.image.width = .unknown(why)
            account.image.height = .unknown(why)
            account.unfollowed = why
            let place = try TIFFStructure(at: 0, limit: pager.length, &pager)?.firstDirectory ?? 8
            account.write(
                into: &facts, missing: place >= pager.length ? .known(place - pager.length + 2) : .unknown(why))
            return
        }
        var pages: [TIFFPage] = []
        var visited: Set<Int64> = [structure.firstDirectory]
        var next: TIFFDirectory? = first
        var extent: Int64 = 8
        var samples = TIFFSamples()
        while let directory = next {
            extent = max(extent, directory.end)
            pages.append(try TIFFPage(directory, structure, &pager))
            try samples.follow(directory, structure, &pager)
            // Other sizes of the same page, and the picture itself of a raw file (DNG 1.7, chapter 2).
            for place in try structure.integers(directory[330], most: 32, &pager) where visited.insert(place).inserted {
                guard pages.count < directoryLimit, let part = try structure.directory(at: place, &pager) else {
                    continue
                }
                extent = max(extent, part.end)
                pages.append(try TIFFPage(part, structure, &pager))
                try samples.follow(part, structure, &pager)
            }
            next = nil
            guard directory.next != 0 else { break }
            guard visited.insert(directory.next).inserted else {
                account.fault(.brokenIndex, at: directory.end, "The directories lead in a circle")
                break
            }
            guard pages.count < directoryLimit else {
                account.unfollowed = "it has too many directories to be counted"
                break
            }
            next = try structure.directory(at: directory.next, &pager)
            if next == nil {
                extent = max(extent, directory.next.saturatingAdd(2))
                account.fault(.brokenIndex, at: directory.next, "There is no directory where one should be")
            }
        }

        // The first that is no smaller copy of another (section 8, NewSubfileType).
        let shown = pages.first { !$0.isReduced } ?? pages[0]
        shown.describe(&account)
        account.image.frames = .known(1)
        account.image.furtherPictures =
            account.unfollowed.map { .unknown($0) } ?? .known(pages.count - 1)
        let exif = try Exif(first, in: structure, &pager)
        if let orientation = exif.orientation { account.image.orientation = .known(orientation) }
        account.add(exif.entries)
        try addEmbedded(first, structure, &pager, &account)

        samples.report(&account, length: pager.length)
        extent = max(extent, samples.end)
        account.write(
            into: &facts,
            missing: samples.unknown.map { .unknown($0) } ?? .known(max(extent - pager.length, 0)))
    }

    /// What other standards keep in the first directory: XMP, IPTC, Photoshop's resources, C2PA.
    private static func addEmbedded(
        _ directory: TIFFDirectory, _ structure: TIFFStructure, _ pager: inout Pager, _ account: inout ImageAccount
    ) throws {
        if let entry = directory[700] {
            account.addXMP(try structure.bytes(of: entry, most: XMP.packetLimit, &pager))
        }
        if let entry = directory[33723] {
            account.add(IPTC.entries(in: try structure.bytes(of: entry, most: 64 << 10, &pager)))
        }
        if let entry = directory[34377] {
            let end = entry.place.saturatingAdd(entry.size)
            try account.addPhotoshop(from: entry.place, to: min(end, pager.length), &pager)
        }
        // C2PA Technical Specification 2.1, A.3.4
        if let entry = directory[52545] { account.addContentCredentials(bytes: entry.size) }
    }
}
