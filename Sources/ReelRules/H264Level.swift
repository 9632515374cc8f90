internal import ReelModel

/// What a level of H.264 allows a picture (ITU-T H.264, table A-1). The table's bit rates are left out: encoders choose the
/// level by the picture alone unless they are given a buffer to fill, and nothing that plays files goes by them.
struct H264Level {
    let name: String
    /// Macroblocks a second, and in a frame.
    let rate: Int
    let frame: Int
    /// Macroblocks in the buffer of decoded pictures.
    let buffer: Int

    private init(_ name: String, _ rate: Int, _ frame: Int, _ buffer: Int) {
        self.name = name
        self.rate = rate
        self.frame = frame
        self.buffer = buffer
    }

    static let all = [
        H264Level("1.0", 1485, 99, 396), H264Level("1b", 1485, 99, 396),
        H264Level("1.1", 3000, 396, 900), H264Level("1.2", 6000, 396, 2376),
        H264Level("1.3", 11_880, 396, 2376), H264Level("2.0", 11_880, 396, 2376),
        H264Level("2.1", 19_800, 792, 4752), H264Level("2.2", 20_250, 1620, 8100),
        H264Level("3.0", 40_500, 1620, 8100),
        H264Level("3.1", 108_000, 3600, 18_000),
        H264Level("3.2", 216_000, 5120, 20_480),
        H264Level("4.0", 245_760, 8192, 32_768),
        H264Level("4.1", 245_760, 8192, 32_768),
        H264Level("4.2", 522_240, 8704, 34_816),
        H264Level("5.0", 589_824, 22_080, 110_400),
        H264Level("5.1", 983_040, 36_864, 184_320),
        H264Level("5.2", 2_073_600, 36_864, 184_320),
        H264Level("6.0", 4_177_920, 139_264, 696_320),
        H264Level("6.1", 8_355_840, 139_264, 696_320),
        H264Level("6.2", 16_711_680, 139_264, 696_320),
    ]

    static func named(_ name: String) -> H264Level? { all.first { $0.name == name } }

    /// What a film uses of what levels allow. A part that is not known breaks no level.
    struct Use {
        var size: Size
        var frameRate: Double?
        var referenceFrames: Int?

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
                + "(\(Figure.grouped(Int64(saturating: (frameRate * Double(use.macroblocks)).rounded()))) macroblocks a second, "
                + "\(Figure.grouped(Int64(rate))) allowed)"
        }
        let frames = min(buffer / max(use.macroblocks, 1), 16)
        if let references = use.referenceFrames, references > frames {
            return "\(references) reference frames of \(use.size) are more than it allows (\(frames))"
        }
        return nil
    }
}
