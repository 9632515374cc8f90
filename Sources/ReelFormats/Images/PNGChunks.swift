internal import ReelModel

/// What the chunks of a PNG file say (W3C PNG, third edition, 11).
struct PNGChunks {
    private var colorType: Int?
    private var isTransparent = false
    private var palettes = 0
    private var dataChunks = 0
    private var promisedFrames: Int?
    private var frames = 0
    /// Delays by the denominator that they are stated over, so that a sum of tenths stays one.
    private var delays: [Int: Int] = [:]
    /// The picture outside the animation, for viewers that know none, has no frame header before it.
    private var isDataFrame = false
    private var hasLightLevels = false
    /// Whether a byte of a picture was met.
    private(set) var hasData = false

    mutating func take(
        _ type: String, body: Int64, end: Int64, _ pager: inout Pager, _ account: inout ImageAccount
    ) throws {
        let size = Int(min(max(end - body, 0), Int64(XMP.packetLimit)))
        switch type {
        case "IHDR": takeHeader(try pager.bytes(at: body, count: 13), at: body, &account)
        case "PLTE": palettes += 1
        case "IDAT":
            if dataChunks == 0 { isDataFrame = frames > 0 }
            dataChunks += 1
            hasData = hasData || end > body
        case "tRNS": isTransparent = true
        case "iCCP": account.image.colorProfile = .known(true)
        case "sRGB":
            // 11.3.2.5; a code point says the same more exactly and stands above it
            if account.image.color.transfer.value == nil {
                account.image.color = ColorFacts(primaries: 1, transfer: 13, matrix: nil, fullRange: nil)
                account.image.color.dynamicRange = .known(.sdr)
            }
        case "cICP": takeCodePoints(try pager.bytes(at: body, count: 4), &account)
        case "mDCV", "mDCv", "cLLI", "cLLi": takeLightLevels(type, try pager.bytes(at: body, count: 24), &account)
        case "acTL" where dataChunks == 0:  // 11.3.6.1: it stands before the picture
            let control = try pager.bytes(at: body, count: 8)
            promisedFrames = control.u32(0)
            account.image.loops = Known(control.u32(4), else: Facts.notInHeader)
        case "fcTL": takeFrame(try pager.bytes(at: body, count: 24))
        case "eXIf": try account.addExif(at: body, limit: end, &pager)
        case "tEXt", "zTXt", "iTXt": try PNGText.take(type, try pager.bytes(at: body, count: size), &account)
        case "tIME":
            let time = try pager.bytes(at: body, count: 7)
            if let year = time.u16(0), time.count == 7 {
                let parts = (2...6).map { time.u8($0).map { $0 < 10 ? "0\($0)" : "\($0)" } ?? "" }
                account.add(.time, "tIME", "\(year)-\(parts[0])-\(parts[1])T\(parts[2]):\(parts[3]):\(parts[4])Z")
            }
        case "caBX": account.addContentCredentials(bytes: end - body)  // C2PA Technical Specification 2.1, A.3.2
        default: break
        }
    }

    /// 11.2.1
    private mutating func takeHeader(_ header: Bytes, at place: Int64, _ account: inout ImageAccount) {
        guard colorType == nil else {
            account.fault(.brokenFraming, at: place - 8, "There is more than one image header")
            return
        }
        guard let width = header.u32(0), let height = header.u32(4), let depth = header.u8(8), let type = header.u8(9),
            let interlace = header.u8(12)
        else { return }
        account.image.width = .known(width)
        account.image.height = .known(height)
        account.image.bitDepth = .known(depth)
        account.image.coding = .known(interlace == 1 ? "deflate-interlaced" : "deflate")
        colorType = type
        let depths: [Int: Set<Int>] = [0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]]
        if depths[type]?.contains(depth) != true {
            account.fault(.brokenIndex, at: place + 8, "There is no colour type \(type) with \(depth) bits a sample")
        }
    }

    private func takeCodePoints(_ codes: Bytes, _ account: inout ImageAccount) {
        guard let primaries = codes.u8(0), let transfer = codes.u8(1), let matrix = codes.u8(2), let range = codes.u8(3)
        else { return }
        let levels = account.image.color
        account.image.color = ColorFacts(
            primaries: primaries, transfer: transfer, matrix: matrix, fullRange: range == 1)
        account.image.color.masteringLuminance = levels.masteringLuminance
        account.image.color.contentLight = levels.contentLight
        account.image.color.dynamicRange = ColorFacts.stillRange(transfer: transfer, hasLevels: hasLightLevels)
    }

    /// 11.3.2.7 and 11.3.2.8, in units of 0.0001 candela a square metre.
    private mutating func takeLightLevels(_ type: String, _ body: Bytes, _ account: inout ImageAccount) {
        if type.lowercased() == "mdcv" {
            guard let maximum = body.u32(16), let minimum = body.u32(20) else { return }
            account.image.color.masteringLuminance = .known(
                LuminanceRange(minimum: Double(minimum) / 10_000, maximum: Double(maximum) / 10_000))
        } else {
            guard let maximum = body.u32(0), let average = body.u32(4) else { return }
            account.image.color.contentLight = .known(
                ContentLight(maximum: maximum / 10_000, maximumFrameAverage: average / 10_000))
        }
        hasLightLevels = true
        if account.image.color.dynamicRange.value == .pq { account.image.color.dynamicRange = .known(.hdr10) }
    }

    /// 11.3.6.2: the delay is a fraction, in hundredths if it is over 0.
    private mutating func takeFrame(_ control: Bytes) {
        guard let over = control.u16(20), let under = control.u16(22) else { return }
        frames += 1
        delays[under == 0 ? 100 : under, default: 0] += over
    }

    private var seconds: Double {
        delays.sorted { $0.key < $1.key }.reduce(0) { $0 + Double($1.value) / Double($1.key) }
    }

    /// - Parameter isWhole: whether the end chunk was reached.
    func finish(isWhole: Bool, _ account: inout ImageAccount) {
        if let promisedFrames, promisedFrames > 0 {
            account.image.frames = .known(promisedFrames)
            if promisedFrames == 1 {
                account.image.frames = .known(1)
            } else if let why = account.unfollowed {
                account.image.duration = .unknown(why)
            } else {
                account.image.duration = isWhole ? .known(seconds) : .unknown("the file is not whole")
            }
            if isWhole, frames != promisedFrames {
                account.fault(
                    .brokenIndex, "The animation promises \(promisedFrames) frames and has \(frames)")
            }
            if !isDataFrame, dataChunks > 0 { account.image.furtherPictures = .known(1) }
        } else {
            account.image.frames = .known(1)
        }
        if let colorType {
            let names = [0: "gray", 2: "rgb", 3: "palette", 4: "gray", 6: "rgb"]
            account.image.colorModel = Known(names[colorType], else: "color type \(colorType) has no name")
            account.image.alpha = .known(isTransparent || colorType & 4 != 0)
        }
        guard isWhole else { return }
        if !hasData { account.fault(.brokenFraming, "There is no picture (IDAT) in it") }
        if colorType == 3, palettes == 0 { account.fault(.brokenIndex, "There is no palette (PLTE) in it") }
        if palettes > 1 { account.fault(.brokenIndex, "There is more than one palette (PLTE) in it") }
    }
}

extension ColorFacts {
    /// What the transfer characteristics of a still picture make of it (ITU-T H.273, 8.2).
    static func stillRange(transfer: Int, hasLevels: Bool) -> Known<DynamicRange> {
        switch transfer {
        case 16: .known(hasLevels ? .hdr10 : .pq)
        case 18: .known(.hlg)
        case 2: .unknown("not tagged")
        default: .known(.sdr)
        }
    }
}
