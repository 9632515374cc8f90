internal import ReelModel

/// Files made of boxes: ISO/IEC 14496-12 and what came before (QuickTime) and after it (HEIF, JPEG 2000, JPEG XL).
extension Sniff {
    static func isoBMFF(_ head: Bytes, _ pager: inout Pager) throws -> FileType? {
        if head.starts(with: [0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20]) { return .jp2 }
        if head.starts(with: [0, 0, 0, 12, 0x4A, 0x58, 0x4C, 0x20]) { return .jxl }
        guard let first = head.fourCC(4), mayOpen.contains(first) else { return nil }

        var boxes = BoxWalk(from: 0, to: pager.length, countLimit: 64)
        var seen: Set<String> = []
        while let box = try boxes.next(&pager) {
            switch box.type {
            case "ftyp": return try byBrands(of: box, &pager)
            case "styp": return .mp4
            case "moov", "moof": return .mov
            case "mdat" where box.promisedEnd >= pager.length: return .mov
            case "free", "skip", "wide", "mdat", "pnot", "uuid", "sidx": seen.insert(box.type)
            default: return seen.contains("mdat") || seen.contains("wide") ? .mov : nil
            }
        }
        return seen.contains("mdat") ? .mov : nil
    }

    private static let mayOpen: Set<String> = [
        "ftyp", "styp", "moov", "mdat", "wide", "free", "skip", "pnot", "moof", "sidx", "uuid",
    ]

    /// ISO/IEC 14496-12, 4.3: the major brand says what the file is made for, the compatible ones what else reads it.
    private static func byBrands(of box: Box, _ pager: inout Pager) throws -> FileType? {
        let brands = try FileBrands(of: box, &pager)
        if let type = brands.stillImage { return type }
        switch brands.major {
        case "qt  ": return .mov
        case "M4A ", "M4B ", "M4P ": return .m4a
        case "M4V ", "M4VH", "M4VP": return .m4v
        case "jp2 ", "jpx ": return .jp2
        case "jxl ": return .jxl
        case "crx ": return nil
        default: break
        }
        if brands.major.hasPrefix("3g") { return .threeGP }
        if brands.compatible.contains(where: { ["M4A ", "M4B ", "M4P "].contains($0) }),
            try isSoundOnly(&pager)
        {
            return .m4a
        }
        return .mp4
    }

    /// Whether every track with a media handler is sound, and there is one.
    private static func isSoundOnly(_ pager: inout Pager) throws -> Bool {
        var sound = false
        var boxes = BoxWalk(from: 0, to: pager.length)
        while let box = try boxes.next(&pager) {
            guard box.type == "moov" else { continue }
            var tracks = BoxWalk(inside: box)
            while let track = try tracks.next(&pager) {
                guard track.type == "trak", let media = try track.child("mdia", &pager),
                    let handler = try media.child("hdlr", &pager)
                else { continue }
                let kind = try pager.bytes(at: handler.body, count: 12).fourCC(8)
                if kind == "vide" { return false }
                sound = sound || kind == "soun"
            }
            return sound
        }
        return false
    }
}

/// The brands of an `ftyp` box (ISO/IEC 14496-12, 4.3).
struct FileBrands {
    var major = ""
    var compatible: [String] = []

    init() {}

    init(of box: Box, _ pager: inout Pager) throws {
        // Far more brands than any file names.
        let body = try pager.bytes(at: box.body, count: Int(min(box.bodySize, 1024)))
        major = body.fourCC(0) ?? ""
        var at = 8
        while let brand = body.fourCC(at) {
            compatible.append(brand)
            at += 4
        }
    }

    /// HEIF (ISO/IEC 23008-12) and AVIF: the structural brands `mif1` and `msf1` leave the coding to the others.
    var stillImage: FileType? {
        switch major {
        case "avif", "avis": return .avif
        case "heic", "heix", "heim", "heis", "hevc", "hevx": return .heic
        case "mif1", "msf1", "mif2": return compatible.contains { $0 == "avif" || $0 == "avis" } ? .avif : .heic
        default: return nil
        }
    }
}
