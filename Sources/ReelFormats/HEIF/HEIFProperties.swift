internal import ReelModel

/// What the properties of one picture say (ISO/IEC 23008-12, 6.5), applied in their order.
struct HEIFProperties {
    private(set) var width: Int?
    private(set) var height: Int?
    /// EXIF's number for what the turns and mirrors come to.
    private(set) var orientation = Orientation()
    private(set) var bitDepth: Int?
    private(set) var channels: Int?
    private(set) var hasProfile = false
    private(set) var color: ColorFacts?
    private(set) var transfer: Int?
    private(set) var masteringLuminance: LuminanceRange?
    private(set) var contentLight: ContentLight?
    /// What an auxiliary picture is for.
    private(set) var auxiliary = ""
    /// From the coding's own configuration.
    private(set) var coded: PictureFormat?

    private static let sizeLimit = 64 << 10

    init(_ boxes: [Box], _ pager: inout Pager) throws {
        // Far more than any picture has; the tables let one name thousands.
        for box in boxes.prefix(256) { try take(box, &pager) }
    }

    private mutating func take(_ box: Box, _ pager: inout Pager) throws {
        let body = try box.contents(limit: HEIFProperties.sizeLimit, &pager)
        switch box.type {
        case "ispe":  // 6.5.3
            width = body.u32(4)
            height = body.u32(8)
        case "pixi":  // 6.5.6
            channels = body.u8(4)
            bitDepth = (0..<(channels ?? 0)).compactMap { body.u8(5 + $0) }.max()
        case "colr":  // 6.5.5
            switch body.fourCC(0) {
            case "nclx":
                color = ColorFacts(
                    primaries: body.u16(4), transfer: body.u16(6), matrix: body.u16(8),
                    fullRange: body.u8(10).map { $0 & 0x80 != 0 })
                transfer = body.u16(6)
            case "prof", "rICC": hasProfile = true
            default: break
            }
        case "clap":  // 6.5.9 and ISO/IEC 14496-12, 12.1.4
            if let over = body.u32(0), let under = body.u32(4), let high = body.u32(8), let low = body.u32(12),
                under > 0, low > 0, over >= under, high >= low
            {
                width = over / under
                height = high / low
            }
        case "irot": orientation.turnLeft(quarters: (body.u8(0) ?? 0) & 3)  // 6.5.10
        case "imir": orientation.mirror(upsideDown: (body.u8(0) ?? 0) & 1 == 0)  // 6.5.12
        case "auxC":  // 6.5.8
            auxiliary = body.text(4, (body.first(0, from: 4) ?? 4) - 4) ?? ""
        case "hvcC": coded = HEVCSPS.read(configuration: body)
        case "av1C": coded = AV1SequenceHeader.read(configuration: body)
        case "mdcv":  // ISO/IEC 14496-12, 12.1.7: in units of 0.0001 candela a square metre
            if let maximum = body.u32(16), let minimum = body.u32(20) {
                masteringLuminance = LuminanceRange(
                    minimum: Double(minimum) / 10_000, maximum: Double(maximum) / 10_000)
            }
        case "clli":  // 12.1.6
            if let maximum = body.u16(0), let average = body.u16(2) {
                contentLight = ContentLight(maximum: maximum, maximumFrameAverage: average)
            }
        default: break
        }
    }

    var isAlpha: Bool {
        auxiliary == "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha" || auxiliary == "urn:mpeg:hevc:2015:auxid:1"
    }

    var isGainMap: Bool { auxiliary.hasPrefix("urn:com:apple:photo:") && auxiliary.hasSuffix(":aux:hdrgainmap") }
}

/// Turns by quarters and mirrors, as they add up.
struct Orientation {
    // Where a point goes: x' = ax + by, y' = cx + dy, with y downwards.
    private var a = 1
    private var b = 0
    private var c = 0
    private var d = 1

    /// Counter-clockwise.
    mutating func turnLeft(quarters: Int) {
        // (x, y) → (y, −x)
        for _ in 0..<quarters { (a, b, c, d) = (c, d, -a, -b) }
    }

    /// - Parameter upsideDown: top and bottom change places, else left and right.
    mutating func mirror(upsideDown: Bool) {
        if upsideDown {
            (c, d) = (-c, -d)
        } else {
            (a, b) = (-a, -b)
        }
    }

    /// CIPA DC-008, 4.6.4, tag 274.
    var number: Int {
        switch (a, b, c, d) {
        case (-1, 0, 0, 1): 2
        case (-1, 0, 0, -1): 3
        case (1, 0, 0, -1): 4
        case (0, 1, 1, 0): 5
        case (0, -1, 1, 0): 6
        case (0, -1, -1, 0): 7
        case (0, 1, -1, 0): 8
        default: 1
        }
    }
}
