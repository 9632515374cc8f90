internal import ReelModel

/// What a level of H.264 allows (ITU-T H.264, table A-1).
struct H264Level {
    let name: String
    /// Macroblocks a second, and in a frame.
    let rate: Int
    let frame: Int
    /// Macroblocks in the buffer of decoded pictures.
    let buffer: Int
    /// Bits: a second, and in the buffer of coded pictures, each by 1200 in the oldest profiles (`factor`).
    let bits: Int
    let coded: Int

    private init(_ name: String, _ rate: Int, _ frame: Int, _ buffer: Int, _ bits: Int, _ coded: Int) {
        self.name = name
        self.rate = rate
        self.frame = frame
        self.buffer = buffer
        self.bits = bits
        self.coded = coded
    }

    static let all = [
        H264Level("1.0", 1485, 99, 396, 64, 175), H264Level("1b", 1485, 99, 396, 128, 350),
        H264Level("1.1", 3000, 396, 900, 192, 500), H264Level("1.2", 6000, 396, 2376, 384, 1000),
        H264Level("1.3", 11_880, 396, 2376, 768, 2000), H264Level("2.0", 11_880, 396, 2376, 2000, 2000),
        H264Level("2.1", 19_800, 792, 4752, 4000, 4000), H264Level("2.2", 20_250, 1620, 8100, 4000, 4000),
        H264Level("3.0", 40_500, 1620, 8100, 10_000, 10_000),
        H264Level("3.1", 108_000, 3600, 18_000, 14_000, 14_000),
        H264Level("3.2", 216_000, 5120, 20_480, 20_000, 20_000),
        H264Level("4.0", 245_760, 8192, 32_768, 20_000, 25_000),
        H264Level("4.1", 245_760, 8192, 32_768, 50_000, 62_500),
        H264Level("4.2", 522_240, 8704, 34_816, 50_000, 62_500),
        H264Level("5.0", 589_824, 22_080, 110_400, 135_000, 135_000),
        H264Level("5.1", 983_040, 36_864, 184_320, 240_000, 240_000),
        H264Level("5.2", 2_073_600, 36_864, 184_320, 240_000, 240_000),
        H264Level("6.0", 4_177_920, 139_264, 696_320, 240_000, 240_000),
        H264Level("6.1", 8_355_840, 139_264, 696_320, 480_000, 480_000),
        H264Level("6.2", 16_711_680, 139_264, 696_320, 800_000, 800_000),
    ]

    static func named(_ name: String) -> H264Level? { all.first { $0.name == name } }

    /// `cpbBrNalFactor` (ITU-T H.264, table A-2) of a profile.
    static func factor(profile: String?) -> Int {
        switch profile {
        case .some(let name) where name.hasPrefix("High 10"): 3600
        case .some(let name) where name.hasPrefix("High 4:"): 4800
        case "High": 1500
        case _: 1200
        }
    }

    /// What a film uses of what levels allow. A part that is not known breaks no level.
    struct Use {
        var size: Size
        var frameRate: Double?
        var referenceFrames: Int?
        /// Bits in the fullest second.
        var peak: Int64?
        var factor: Int

        var columns: Int { (size.width + 15) / 16 }
        var rows: Int { (size.height + 15) / 16 }
        var macroblocks: Int { columns * rows }
    }

    /// The first thing that is more than this level allows, in words; `nil` where all of it fits.
    func broken(by use: Use) -> String? {
        let side = Double(8 * frame).squareRoot()
        if use.macroblocks > frame || Double(max(use.columns, use.rows)) > side {
            return "\(use.size) is more than it allows in a frame (\(use.macroblocks) macroblocks, \(frame) allowed)"
        }
        // Frame rates are told as fractions, of which some are rounded.
        if let frameRate = use.frameRate, frameRate * Double(use.macroblocks) > Double(rate) * 1.001 {
            return "\(use.size) at \(Figure.decimal(frameRate, places: 2)) frames a second is more than it allows "
                + "(\(Figure.grouped(Int64((frameRate * Double(use.macroblocks)).rounded()))) macroblocks a second, "
                + "\(Figure.grouped(Int64(rate))) allowed)"
        }
        let frames = min(buffer / max(use.macroblocks, 1), 16)
        if let references = use.referenceFrames, references > frames {
            return "\(references) reference frames of \(use.size) are more than it allows (\(frames))"
        }
        // A second may hold what flows in, and what the buffer held before.
        let most = Int64(bits + coded) * Int64(use.factor)
        if let peak = use.peak, peak > most {
            return "\(Figure.grouped(peak)) bits in one second are more than it allows (\(Figure.grouped(most)))"
        }
        return nil
    }
}
