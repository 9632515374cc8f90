internal import ReelModel

/// Reads JPEG files (ITU-T T.81, annex B): the segments up to the first scan, and how the file ends.
enum JPEGReader {
    /// Segments before the first scan, many more than any file has.
    private static let segmentLimit = 10_000
    /// How much of the end is looked at before the scans themselves are searched.
    private static let tail = 4096

    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        var image = ImageFacts()
        image.frames = .known(1)
        image.alpha = .known(false)
        image.colorProfile = .known(false)
        image.orientation = .known(1)
        var frame: Frame?
        var adobe: Int?
        var jfif = false
        var scan: Int64?
        var at: Int64 = 2
        var damage = "it ends before its first scan"

        for _ in 0..<segmentLimit {
            let head = try pager.bytes(at: at, count: 4)
            guard let mark = head.u8(0), let code = head.u8(1) else { break }
            guard mark == 0xFF else {
                damage = "its segments do not follow each other"
                break
            }
            if code == 0xFF || code == 1 || (0xD0...0xD8).contains(code) {
                // Fill bytes and marks without a segment.
                at += code == 0xFF ? 1 : 2
                continue
            }
            guard code != 0xD9 else { break }
            guard let size = head.u16(2), size >= 2 else {
                damage = "a segment is cut off"
                break
            }
            let body = at + 4
            let end = at + 2 + Int64(size)
            switch code {
            case 0xC0...0xCF where ![0xC4, 0xC8, 0xCC].contains(code):
                if frame == nil { frame = Frame(try pager.bytes(at: body, count: min(size - 2, 64))) }
            case 0xE0: if try pager.bytes(at: body, count: 5).starts(with: "JFIF\0") { jfif = true }
            case 0xE1:
                if try pager.bytes(at: body, count: 6).starts(with: "Exif\0\0"),
                    let directory = try TIFFDirectory(at: body + 6, limit: end, &pager),
                    let orientation = directory.orientation
                {
                    image.orientation = .known(orientation)
                }
            case 0xE2:
                if try pager.bytes(at: body, count: 12).starts(with: "ICC_PROFILE\0") {
                    image.colorProfile = .known(true)
                }
            case 0xEE:
                let segment = try pager.bytes(at: body, count: 12)
                if segment.starts(with: "Adobe") { adobe = segment.u8(11) }
            case 0xDA: scan = end
            default: break
            }
            if scan != nil { break }
            at = end
        }

        if let frame {
            image.width = .known(frame.width)
            // The height may stand in a segment behind the first scan (B.2.5).
            image.height = frame.height > 0 ? .known(frame.height) : .unknown("it stands behind the first scan")
            image.bitDepth = .known(frame.precision)
            image.colorModel = Known(
                frame.colorModel(adobe: adobe, jfif: jfif), else: "\(frame.components.count) components have no name")
        }
        facts.describe(image)
        if let scan {
            facts.missingBytes = .known(try hasEnd(after: scan, &pager) ? 0 : 2)
        } else {
            // At least the scan's header and the end mark are missing where the file just stops.
            facts.missingBytes = at >= pager.length ? .known(at - pager.length + 2) : .unknown(damage)
        }
    }

    /// Whether the mark of the end stands behind the scan. In scans 255 is always followed by 0 or a restart mark, so
    /// one look at the end settles nearly every file; only what carries more than that behind it is searched.
    private static func hasEnd(after scan: Int64, _ pager: inout Pager) throws -> Bool {
        guard scan < pager.length else { return false }
        let near = max(scan, pager.length - Int64(tail))
        if try pager.bytes(at: near, count: tail).first([0xFF, 0xD9]) != nil { return true }
        var at = scan
        while at < near {
            let piece = try pager.bytes(at: at, count: Pager.pieceLimit)
            guard piece.count > 1 else { break }
            if piece.first([0xFF, 0xD9]) != nil { return true }
            at += Int64(piece.count - 1)
        }
        return false
    }
}

/// The frame header (B.2.2).
private struct Frame {
    let precision: Int
    let width: Int
    let height: Int
    /// The components' identifiers.
    let components: [Int]

    init?(_ body: Bytes) {
        guard let precision = body.u8(0), let height = body.u16(1), let width = body.u16(3), let count = body.u8(5),
            width > 0
        else { return nil }
        self.precision = precision
        self.width = width
        self.height = height
        components = (0..<count).compactMap { body.u8(6 + 3 * $0) }
    }

    /// - Parameter adobe: the transform of the Adobe segment, where there is one (ITU-T T.872, 6.5.3).
    func colorModel(adobe: Int?, jfif: Bool) -> String? {
        switch components.count {
        case 1: return "gray"
        case 3:
            if let adobe { return adobe == 0 ? "rgb" : "ycbcr" }
            return !jfif && components == [0x52, 0x47, 0x42] ? "rgb" : "ycbcr"
        case 4: return adobe == 2 ? "ycck" : "cmyk"
        default: return nil
        }
    }
}
