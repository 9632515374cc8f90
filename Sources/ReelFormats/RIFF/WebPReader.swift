internal import ReelModel

/// Reads WebP files (RFC 9649).
enum WebPReader {
    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        var image = ImageFacts()
        image.colorModel = .known("rgb")
        image.bitDepth = .known(8)
        image.colorProfile = .known(false)
        image.orientation = .known(1)
        image.alpha = .known(false)
        var frames = 0
        var milliseconds = 0
        var animated = false
        var pictures = 0
        let size = Int64(try pager.bytes(at: 4, count: 4).le32(0) ?? 0)
        var promisedEnd = 8 + size

        var chunks = RIFFChunks(from: 12, to: pager.length)
        while let chunk = try chunks.next(&pager) {
            // What stands behind the stated size is not part of the image.
            guard chunk.body <= 8 + size else { break }
            promisedEnd = max(promisedEnd, chunk.promisedEnd)
            switch chunk.type {
            case "VP8 ":
                pictures += 1
                image.colorModel = .known("ycbcr")
                if image.width.value == nil,
                    let head = VP8Format.read(keyFrame: try pager.bytes(at: chunk.body, count: 10))
                {
                    image.width = Known(head.width, else: Facts.notInHeader)
                    image.height = Known(head.height, else: Facts.notInHeader)
                }
            case "VP8L":  // lossless: 14 bits each of width − 1 and height − 1, and whether alpha is used (3.4)
                pictures += 1
                let head = try pager.bytes(at: chunk.body, count: 5)
                guard head.u8(0) == 0x2F, let packed = head.le32(1) else { continue }
                if image.width.value == nil {
                    image.width = .known(packed & 0x3FFF + 1)
                    image.height = .known(packed >> 14 & 0x3FFF + 1)
                }
                if packed >> 28 & 1 == 1 { image.alpha = .known(true) }
            case "VP8X":  // 2.7
                let head = try pager.bytes(at: chunk.body, count: 10)
                guard let flags = head.u8(0), let width = head.le24(4), let height = head.le24(7) else { continue }
                image.width = .known(width + 1)
                image.height = .known(height + 1)
                if flags & 0x10 != 0 { image.alpha = .known(true) }
                animated = flags & 2 != 0
            case "ANMF":
                frames += 1
                milliseconds += try pager.bytes(at: chunk.body + 12, count: 3).le24(0) ?? 0
            case "ICCP": image.colorProfile = .known(true)
            case "EXIF":
                // Some writers keep the opening that JPEG needs.
                let skip: Int64 = try pager.bytes(at: chunk.body, count: 6).starts(with: "Exif\0\0") ? 6 : 0
                let directory = try TIFFDirectory(at: chunk.body + skip, limit: chunk.end, &pager)
                if let orientation = directory?.orientation { image.orientation = .known(orientation) }
            default: continue
            }
        }
        if animated {
            image.frames = .known(frames)
            image.duration = .known(Double(milliseconds) / 1000)
        } else {
            image.frames = pictures > 0 ? .known(1) : .unknown("no picture was found")
        }
        facts.describe(image)
        facts.missingBytes = .known(max(promisedEnd - pager.length, 0))
    }
}
