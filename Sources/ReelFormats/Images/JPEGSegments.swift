internal import ReelModel

/// What the segments before the first scan say (ITU-T T.81, B.2.4, and what applications put in theirs).
struct JPEGSegments {
    private(set) var frame: JPEGFrame?
    /// In units of the picture's smallest coded squares; 0 where there are no restarts.
    private(set) var restartInterval = 0
    /// The index of a multi-picture file.
    private(set) var pictures: MultiPictureIndex?
    /// The tables, and the header of the first scan.
    private(set) var coding = JPEGCoding()
    private var adobe: Int?
    private var jfif = false
    private var extendedXMP: [UInt8] = []

    mutating func take(
        _ code: Int, body: Int64, end: Int64, _ pager: inout Pager, _ account: inout ImageAccount
    ) throws {
        guard body < end else { return }
        switch code {
        case _ where JPEGFrame.opens(code):
            guard frame == nil else {
                account.fault(.brokenFraming, at: body - 4, "There is more than one frame header")
                return
            }
            frame = JPEGFrame(mark: code, try pager.bytes(at: body, count: Int(end - body)))
            if frame == nil { account.fault(.brokenFraming, at: body - 4, "The frame header cannot be read") }
        case 0xC4: coding.addTables(try pager.bytes(at: body, count: Int(end - body)))
        case 0xDA: coding.addScan(try pager.bytes(at: body, count: Int(end - body)))
        case 0xDD: restartInterval = try pager.bytes(at: body, count: 2).u16(0) ?? 0
        case 0xE0: if try pager.bytes(at: body, count: 5).starts(with: "JFIF\0") { jfif = true }
        case 0xE1: try takeAPP1(body: body, end: end, &pager, &account)
        case 0xE2: try takeAPP2(body: body, end: end, &pager, &account)
        case 0xEB:  // ISO/IEC 19566-5, annex D: boxes in pieces; the first piece opens with the box's own header
            let head = try pager.bytes(at: body, count: 32)
            if head.starts(with: "JP"), head.fourCC(12) == "jumb", head.fourCC(20) == "jumd",
                head.fourCC(24) == "c2pa"
            {
                account.addContentCredentials(bytes: Int64(head.u32(8) ?? 0))
            }
        case 0xED:
            if try pager.bytes(at: body, count: 14).starts(with: "Photoshop 3.0\0") {
                try account.addPhotoshop(from: body + 14, to: min(end, pager.length), &pager)
            }
        case 0xEE:
            let segment = try pager.bytes(at: body, count: 12)
            if segment.starts(with: "Adobe") { adobe = segment.u8(11) }
        case 0xFE:
            let text = try pager.bytes(at: body, count: Int(min(end - body, Int64(4 * MetadataEntry.valueLimit))))
            account.add(.text, "COM", MetadataText.plain(text))
        default: break
        }
    }

    private mutating func takeAPP1(
        body: Int64, end: Int64, _ pager: inout Pager, _ account: inout ImageAccount
    ) throws {
        let head = try pager.bytes(at: body, count: 76)
        let packet = "http://ns.adobe.com/xap/1.0/\0"
        let extended = "http://ns.adobe.com/xmp/extension/\0"
        if head.starts(with: "Exif\0") {
            try account.addExif(at: body + 6, limit: end, &pager)
        } else if head.starts(with: packet) {
            try account.addXMP(at: body + Int64(packet.utf8.count), end: end, &pager)
        } else if head.starts(with: extended) {
            // XMP Specification Part 3, 1.1.3.1: a digest, the length of the whole, the place of this piece in it.
            // Writers write the pieces in their order.
            guard let place = head.u32(35 + 32 + 4), place == extendedXMP.count,
                extendedXMP.count < XMP.packetLimit
            else { return }
            extendedXMP += try pager.bytes(at: body + 75, count: Int(end - body - 75)).array
        }
    }

    private mutating func takeAPP2(
        body: Int64, end: Int64, _ pager: inout Pager, _ account: inout ImageAccount
    ) throws {
        let head = try pager.bytes(at: body, count: 32)
        if head.starts(with: "ICC_PROFILE\0") {
            account.image.colorProfile = .known(true)
        } else if head.starts(with: "MPF\0"), pictures == nil {
            pictures = try MultiPictureIndex(at: body + 4, limit: end, &pager)
        } else if head.starts(with: "urn:iso:std:iso:ts:21496:-1\0") {
            account.image.gainMap = .known(true)
        }
    }

    func finish(_ account: inout ImageAccount) {
        if !extendedXMP.isEmpty { account.addXMP(Bytes(extendedXMP)) }
        if let pictures { account.image.furtherPictures = .known(pictures.further.count) }
        guard let frame else { return }
        account.image.width = .known(frame.width)
        account.image.height = frame.height > 0 ? .known(frame.height) : .unknown("it stands behind the first scan")
        account.image.bitDepth = .known(frame.precision)
        account.image.coding = .known(frame.coding)
        account.image.colorModel = Known(
            frame.colorModel(adobe: adobe, jfif: jfif), else: "\(frame.components.count) components have no name")
    }
}

/// The index of a file of several JPEG pictures, one behind the other (CIPA DC-007, 5.2): stereo pairs, panoramas,
/// previews, gain maps.
struct MultiPictureIndex {
    private static let limit = 1000

    /// Where each picture but the first stands in the file.
    private(set) var further: [Range<Int64>] = []

    init?(at base: Int64, limit: Int64, _ pager: inout Pager) throws {
        guard let structure = try TIFFStructure(at: base, limit: limit, &pager),
            let directory = try structure.directory(at: structure.firstDirectory, &pager),
            let list = directory[0xB002]
        else { return nil }
        let entries = try structure.bytes(of: list, most: 16 * MultiPictureIndex.limit, &pager)
        for at in stride(from: 16, to: entries.count - 15, by: 16) {
            guard let size = structure.u32(entries, at + 4), let offset = structure.u32(entries, at + 8) else { break }
            let start = base + Int64(offset)
            further.append(start..<start + Int64(size))
        }
    }
}
