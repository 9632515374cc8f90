internal import ReelModel

/// Reads HEIF and AVIF files (ISO/IEC 23008-12; AV1 Image File Format): the picture that is shown, what belongs to
/// it, and the film where the file is one.
enum HEIFReader {
    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        var account = ImageAccount()
        var brands = FileBrands()
        var items: HEIFItems?
        var sequence: HEIFSequence?
        var promisedEnd: Int64 = 0

        var boxes = BoxWalk(from: 0, to: pager.length)
        while let box = try boxes.next(&pager) {
            guard box.type.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else {
                try account.addStrayBytes(from: box.start, &pager)
                break
            }
            promisedEnd = max(promisedEnd, box.promisedEnd)
            switch box.type {
            case "ftyp": brands = try FileBrands(of: box, &pager)
            case "meta" where items == nil: items = try HEIFItems(box, &pager)
            case "meta": account.fault(.secondIndex, at: box.start, "There is more than one table of items")
            case "moov" where sequence == nil: sequence = try HEIFSequence(box, &pager)
            case "uuid":  // C2PA Technical Specification 2.1, A.5.1
                if try box.contents(limit: 16, &pager).starts(with: c2pa) {
                    account.addContentCredentials(bytes: box.bodySize - 16)
                }
            default: continue
            }
        }
        if let damage = boxes.damage {
            account.fault(.impossibleSize, at: boxes.position, "At byte \(boxes.position) \(damage)")
        }

        let isSequence = sequence?.frames != nil && (sequenceBrands.contains(brands.major) || items?.primary == nil)
        if let items {
            var picture = HEIFPicture(items)
            promisedEnd = max(promisedEnd, try picture.describe(&pager, &account))
            if picture.isProtected { account.isEncrypted = true }
        } else if !isSequence {
            account.unfollowed = "the table of items (meta) is missing"
        }
        if isSequence, let sequence { describe(sequence, hasStill: items?.primary != nil, &account) }
        // A table of items or of tracks is required; the smallest is a header.
        let least: Int64 = items == nil && sequence == nil ? 8 : 0
        account.write(into: &facts, missing: .known(max(promisedEnd - pager.length, least)))
    }

    private static let sequenceBrands: Set<String> = ["avis", "msf1", "hevc", "hevx", "hevm", "hevs"]
    private static let c2pa: [UInt8] = [
        0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81,
    ]

    private static func describe(_ sequence: HEIFSequence, hasStill: Bool, _ account: inout ImageAccount) {
        account.image.frames = Known(sequence.frames, else: Facts.notInHeader)
        account.image.duration = Known(sequence.seconds, else: Facts.notInHeader)
        account.image.loops = Known(sequence.loops, else: "no edit list says it")
        account.image.coding = Known(sequence.coding, else: Facts.notInHeader).filled(from: account.image.coding)
        if sequence.hasAlpha { account.image.alpha = .known(true) }
        if account.image.width.value == nil, let width = sequence.width, let height = sequence.height, width > 0 {
            account.image.width = .known(width)
            account.image.height = .known(height)
        }
        // The still picture in the place of a film, for readers that show no films.
        if hasStill { account.image.furtherPictures = account.image.furtherPictures.map { $0 + 1 } }
    }
}
