internal import ReelModel

/// Reads WebP files (RFC 9649).
enum WebPReader {
    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        var account = ImageAccount()
        account.image.bitDepth = .known(8)
        account.image.alpha = .known(false)
        let stated = 8 + Int64(try pager.bytes(at: 4, count: 4).le32(0) ?? 0)
        var content = WebPChunks(promisedEnd: stated)
        do {
            try content.walk(to: stated, &pager, &account)
        } catch is Pager.TooMuchToRead {
            account.unfollowed = ImageAccount.tooLarge
        }
        content.finish(&account)
        // Chunks stand at even places, and the last one's padding is left out of many a stated size.
        if stated < pager.length { try account.addStrayBytes(from: min(stated + stated & 1, pager.length), &pager) }
        let missing = max(content.promisedEnd - pager.length, 0)
        if missing == 0, let why = account.unfollowed {
            account.write(into: &facts, missing: .unknown(why))
        } else {
            // Where no chunk holds a picture, the header of one is missing at least.
            account.write(into: &facts, missing: .known(content.hasPicture ? missing : max(missing, 8)))
        }
    }
}

/// What the chunks of a WebP file say.
private struct WebPChunks {
    private(set) var promisedEnd: Int64
    private var isExtended = false
    private var isAnimated = false
    private var pictures = 0
    private var frames = 0
    private var hollow = 0
    private var milliseconds = 0
    private var coding: String?

    init(promisedEnd: Int64) { self.promisedEnd = promisedEnd }

    /// - Parameter stated: where the file says that it ends.
    mutating func walk(to stated: Int64, _ pager: inout Pager, _ account: inout ImageAccount) throws {
        var chunks = RIFFChunks(from: 12, to: min(stated, pager.length))
        while let chunk = try chunks.next(&pager) {
            if chunk.promisedEnd > stated {
                account.fault(
                    .impossibleSize, at: chunk.body - 8, bytes: chunk.promisedEnd - chunk.body,
                    "The chunk \(chunk.type) is larger than the file says it is itself")
            }
            promisedEnd = max(promisedEnd, chunk.promisedEnd)
            try take(chunk, &pager, &account)
        }
        if chunks.isStopped { account.unfollowed = "it has too many chunks to be counted" }
    }

    private mutating func take(
        _ chunk: RIFFChunks.Chunk, _ pager: inout Pager, _ account: inout ImageAccount
    ) throws {
        switch chunk.type {
        case "VP8 ", "VP8L": try takePicture(chunk, &pager, &account)
        case "VP8X":  // 2.7
            let head = try pager.bytes(at: chunk.body, count: 10)
            guard let flags = head.u8(0), let width = head.le24(4), let height = head.le24(7), !isExtended else {
                return
            }
            isExtended = true
            account.image.width = .known(width + 1)
            account.image.height = .known(height + 1)
            if flags & 0x10 != 0 { account.image.alpha = .known(true) }
            isAnimated = flags & 2 != 0
        case "ANIM":  // 2.7.1.1: 0 is for ever
            account.image.loops = Known(try pager.bytes(at: chunk.body, count: 6).le16(4), else: Facts.notInHeader)
        case "ANMF":
            frames += 1
            // What is said of the frame, and the header of its picture (2.7.1.2).
            if chunk.size < 24 {
                if hollow == 0 { account.fault(.brokenFraming, at: chunk.body - 8, "A frame of it holds no picture") }
                hollow += 1
            }
            milliseconds += try pager.bytes(at: chunk.body + 12, count: 3).le24(0) ?? 0
            if coding == nil {
                // A frame's own chunks stand behind its 16 bytes; the transparency before the picture.
                var parts = RIFFChunks(from: chunk.body + 16, to: chunk.end)
                while coding == nil, let part = try parts.next(&pager) { note(coding: part.type) }
            }
        case "ICCP": account.image.colorProfile = .known(true)
        case "EXIF":
            // Some writers keep the opening that JPEG needs.
            let skip: Int64 = try pager.bytes(at: chunk.body, count: 6).starts(with: "Exif\0\0") ? 6 : 0
            try account.addExif(at: chunk.body + skip, limit: chunk.end, &pager)
        case "XMP ": try account.addXMP(at: chunk.body, end: chunk.end, &pager)
        case "C2PA": account.addContentCredentials(bytes: chunk.size)
        default: return
        }
    }

    private mutating func takePicture(
        _ chunk: RIFFChunks.Chunk, _ pager: inout Pager, _ account: inout ImageAccount
    ) throws {
        pictures += 1
        note(coding: chunk.type)
        if chunk.type == "VP8 " {
            guard let head = VP8Format.read(keyFrame: try pager.bytes(at: chunk.body, count: 10)) else {
                account.fault(.brokenFraming, at: chunk.body, "The picture does not begin with a key frame")
                return
            }
            if !isExtended, let width = head.width, let height = head.height {
                account.image.width = .known(width)
                account.image.height = .known(height)
            }
        } else {
            // Lossless: 14 bits each of width − 1 and height − 1, and whether alpha is used (3.4).
            let head = try pager.bytes(at: chunk.body, count: 5)
            guard head.u8(0) == 0x2F, let packed = head.le32(1) else {
                account.fault(.brokenFraming, at: chunk.body, "The picture does not begin with its signature")
                return
            }
            if !isExtended {
                account.image.width = .known(packed & 0x3FFF + 1)
                account.image.height = .known(packed >> 14 & 0x3FFF + 1)
                account.image.alpha = .known(packed >> 28 & 1 == 1)
            }
        }
    }

    private mutating func note(coding type: String) {
        if type == "VP8 " || type == "VP8L", coding == nil { coding = type == "VP8 " ? "vp8" : "vp8l" }
    }

    /// Whether there is anything to show.
    var hasPicture: Bool { isAnimated ? frames > hollow : pictures > 0 }

    func finish(_ account: inout ImageAccount) {
        if let coding {
            account.image.coding = .known(coding)
            account.image.colorModel = .known(coding == "vp8" ? "ycbcr" : "rgb")
        }
        if isAnimated {
            if let why = account.unfollowed {
                account.image.frames = .unknown(why)
                account.image.duration = .unknown(why)
            } else {
                account.image.frames = .known(frames)
                account.image.duration = .known(Double(milliseconds) / 1000)
            }
        } else {
            account.image.frames = pictures > 0 ? .known(1) : .unknown("no picture was found")
            if pictures > 1 { account.fault(.brokenIndex, "\(pictures) pictures stand where one is meant") }
        }
    }
}
