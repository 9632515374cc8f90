internal import ReelModel

/// Reads PNG files (W3C PNG, third edition): chunks, their data stepped over. APNG is the same file with more chunks.
enum PNGReader {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    private static let chunkLimit = 1_000_000

    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        var image = ImageFacts()
        image.colorProfile = .known(false)
        image.orientation = .known(1)
        var colorType: Int?
        var transparent = false
        var animation: Int?
        var seconds = 0.0
        var promisedEnd: Int64 = 8
        var ended = false
        var at: Int64 = 8

        for _ in 0..<chunkLimit {
            let head = try pager.bytes(at: at, count: 8)
            guard let size = head.u32(0), let type = head.fourCC(4) else { break }
            let body = at + 8
            promisedEnd = body + Int64(size) + 4
            switch type {
            case "IHDR":  // 11.2.1
                let header = try pager.bytes(at: body, count: 13)
                if let width = header.u32(0), let height = header.u32(4), width > 0, height > 0 {
                    image.width = .known(width)
                    image.height = .known(height)
                }
                image.bitDepth = Known(header.u8(8), else: Facts.notInHeader)
                colorType = header.u8(9)
            case "tRNS": transparent = true
            case "iCCP": image.colorProfile = .known(true)
            case "eXIf":
                let directory = try TIFFDirectory(at: body, limit: body + Int64(size), &pager)
                if let orientation = directory?.orientation { image.orientation = .known(orientation) }
            case "acTL": animation = try pager.bytes(at: body, count: 4).u32(0)  // 11.3.6.1
            case "fcTL":  // 11.3.6.2: the delay is a fraction, in hundredths if it is over 0
                let control = try pager.bytes(at: body, count: 24)
                if let over = control.u16(20), let under = control.u16(22) {
                    seconds += Double(over) / Double(under == 0 ? 100 : under)
                }
            case "IEND": ended = true
            default: break
            }
            if ended { break }
            at = promisedEnd
        }

        image.frames = .known(max(animation ?? 1, 1))
        if let animation, animation > 1 {
            image.duration = ended ? .known(seconds) : .unknown("the file is not whole")
        }
        if let colorType {
            image.colorModel = Known(colorModel(colorType), else: "color type \(colorType) has no name")
            image.alpha = .known(transparent || colorType & 4 != 0)
        }
        facts.describe(image)
        // An end chunk is required (5.6), and is 12 bytes long.
        let missing = ended ? promisedEnd - pager.length : max(promisedEnd - pager.length, 0) + 12
        facts.missingBytes = .known(max(missing, 0))
    }

    /// 11.2.1, table 11.1
    private static func colorModel(_ colorType: Int) -> String? {
        switch colorType {
        case 0, 4: "gray"
        case 2, 6: "rgb"
        case 3: "palette"
        default: nil
        }
    }
}
