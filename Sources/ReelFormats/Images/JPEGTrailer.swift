internal import ReelModel

/// What stands behind the end mark of a JPEG picture: the further pictures of an index, a film (motion photos), a
/// maker's own block, or bytes that belong to nothing.
enum JPEGTrailer {
    /// Many more parts than anyone appends.
    private static let partLimit = 1000

    static func read(
        from end: Int64, pictures: MultiPictureIndex?, _ pager: inout Pager, _ account: inout ImageAccount
    ) throws {
        var at = end
        let outside = pictures?.further.count { $0.upperBound > pager.length } ?? 0
        if let pictures, outside > 0 {
            account.fault(
                .samplesOutsideFile, at: pager.length,
                "\(outside) of \(pictures.further.count) further pictures lie past the end of the file")
        }
        let samsung = try SamsungTrailer(&pager)
        if samsung?.hasFilm == true { account.add(type: .mp4) }
        let stop = samsung.map { max($0.start, end) } ?? pager.length

        for _ in 0..<partLimit {
            guard at < stop else { return }
            if let picture = pictures?.further.first(where: { $0.contains(at) }) {
                at = picture.upperBound
            } else if let film = try endOfFilm(at: at, &pager) {
                account.add(type: .mp4)
                at = film
            } else if let next = pictures?.further.map({ $0.lowerBound }).filter({ $0 > at }).min(), next < stop,
                next - at <= 64 << 10
            {
                // Cameras align the pictures.
                at = next
            } else {
                break
            }
        }
        if at < stop, samsung == nil { try account.addStrayBytes(from: at, &pager) }
    }

    /// A film that begins here (Google, "Motion Photo format 1.0"): boxes, as far as they go.
    private static func endOfFilm(at start: Int64, _ pager: inout Pager) throws -> Int64? {
        guard try pager.bytes(at: start, count: 8).fourCC(4) == "ftyp" else { return nil }
        var boxes = BoxWalk(from: start, to: pager.length, countLimit: 1000)
        while let box = try boxes.next(&pager) {
            guard box.type.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return box.start }
        }
        return boxes.position
    }
}

/// The block that Samsung's telephones append: parts, then a directory of them that counts backwards from itself.
private struct SamsungTrailer {
    /// Where the first part begins.
    private(set) var start: Int64
    private(set) var hasFilm = false

    private static let film = 0x0A30
    private static let partLimit = 100

    init?(_ pager: inout Pager) throws {
        let foot = try pager.bytes(at: pager.length - 8, count: 8)
        guard foot.starts(with: "SEFT", at: 4), let size = foot.le32(0), Int64(size) <= pager.length - 8 else {
            return nil
        }
        let place = pager.length - 8 - Int64(size)
        let directory = try pager.bytes(at: place, count: min(size, 12 + 12 * SamsungTrailer.partLimit))
        guard directory.starts(with: "SEFH"), let count = directory.le32(8) else { return nil }
        start = place
        for index in 0..<min(count, SamsungTrailer.partLimit) {
            guard let kind = directory.le16(14 + 12 * index), let back = directory.le32(16 + 12 * index) else { break }
            if kind == SamsungTrailer.film { hasFilm = true }
            start = min(start, place - Int64(back))
        }
    }
}
