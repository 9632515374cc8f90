internal import ReelModel

/// Reads JPEG files (ITU-T T.81, annex B): the segments up to the first scan, how the picture ends, and what stands
/// behind it.
enum JPEGReader {
    /// Segments before the first scan, many more than any file has.
    private static let segmentLimit = 10_000
    /// A picture up to this size is followed mark by mark; a larger one is believed where it ends with its end mark.
    private static let followedSize: Int64 = 256 << 10

    /// How far a mark is looked for where one should be.
    private static let searchedSize = 64 << 10

    /// - Parameter followsPicture: whether every code of the picture is followed, however large it is.
    static func read(_ pager: inout Pager, into facts: inout Facts, followsPicture: Bool = false) throws {
        var account = ImageAccount()
        account.image.frames = .known(1)
        account.image.alpha = .known(false)
        var segments = JPEGSegments()
        var scan: Int64?
        var at: Int64 = 2
        var damage: String?

        for count in 0... {
            let head = try pager.bytes(at: at, count: 4)
            guard count < segmentLimit, let mark = head.u8(0), let code = head.u8(1) else { break }
            guard mark == 0xFF else {
                // Decoders look for the next mark, and so go on here.
                if damage == nil { account.fault(.brokenFraming, at: at, "Bytes stand between the segments") }
                damage = "its segments do not follow each other"
                guard let next = try pager.bytes(at: at, count: searchedSize).first(0xFF) else { break }
                at += Int64(next)
                continue
            }
            if code == 0xFF || code < 2 || (0xD0...0xD8).contains(code) {
                // Fill bytes and marks without a segment.
                at += code == 0xFF ? 1 : 2
                continue
            }
            guard code != 0xD9 else {
                damage = "its end mark stands before its picture"
                break
            }
            guard let size = head.u16(2) else { break }
            guard size >= 2 else {
                damage = "a segment has an impossible size"
                break
            }
            let body = at + 4
            let end = at + 2 + Int64(size)
            try segments.take(code, body: body, end: end, &pager, &account)
            at = end
            if code == 0xDA {
                scan = end
                break
            }
        }

        segments.finish(&account)
        guard let scan, scan <= pager.length else {
            // At least the scan's header and the end mark are missing where the file just stops.
            if let damage { account.fault(.brokenFraming, at: at, "There is no picture: \(damage)") }
            account.unfollowed = "it ends before its first scan"
            account.write(
                into: &facts,
                missing: at >= pager.length ? .known(at - pager.length + 2) : .unknown(damage ?? "it has no scan"))
            return
        }
        if segments.frame == nil { account.fault(.brokenFraming, at: scan, "A scan has no frame header before it") }
        do {
            let missing = try readEnd(of: segments, from: scan, followsPicture, &pager, &account)
            account.write(into: &facts, missing: .known(missing))
        } catch is Pager.TooMuchToRead {
            account.unfollowed = ImageAccount.tooLarge
            account.write(into: &facts, missing: .unknown(ImageAccount.tooLarge))
        }
    }

    /// Finds where the picture ends, and tells what is missing there or left over behind it.
    private static func readEnd(
        of segments: JPEGSegments, from scan: Int64, _ followsPicture: Bool, _ pager: inout Pager,
        _ account: inout ImageAccount
    ) throws -> Int64 {
        let endsWell = try pager.bytes(at: pager.length - 2, count: 2).starts(with: [0xFF, 0xD9])
        if endsWell, !followsPicture, pager.length - scan > followedSize, segments.pictures == nil { return 0 }
        var walk = JPEGScans(
            at: scan, frame: segments.frame, restartInterval: segments.restartInterval, coding: segments.coding,
            followsCodes: followsPicture)
        let (end, missing) = try walk.run(&pager, &account)
        if segments.frame?.height == 0, let height = walk.height { account.image.height = .known(height) }
        if let end { try JPEGTrailer.read(from: end, pictures: segments.pictures, &pager, &account) }
        return missing
    }
}
