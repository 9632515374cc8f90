internal import ReelModel

/// What a coded stream's own parameter set says about its pictures.
struct PictureFormat {
    var profile: Known<String> = .unknown(Facts.notInHeader)
    var level: Known<String> = .unknown(Facts.notInHeader)
    /// After cropping.
    var width: Int?
    var height: Int?
    var pixelFormat: String?
    var bitDepth: Int?
    var sampleAspectRatio: Rational?
    var color = ColorFacts()
    var frameRate: Rational?
    /// `true` where every picture is a whole frame.
    var progressive: Bool?
    /// `top` or `bottom`, where the container says which field is shown first.
    var fieldOrder: String?
    var referenceFrames: Known<Int> = .unknown(Facts.notInHeader)
    var reorderFrames: Known<Int> = .unknown(Facts.notInHeader)

    /// Writes what is known here over a stream's facts.
    func apply(to video: inout VideoFacts) {
        video.profile = profile.filled(from: video.profile)
        video.level = level.filled(from: video.level)
        if let width, let height {
            video.width = .known(width)
            video.height = .known(height)
        }
        if let pixelFormat { video.pixelFormat = .known(pixelFormat) }
        if let bitDepth { video.bitDepth = .known(bitDepth) }
        if let sampleAspectRatio, video.sampleAspectRatio.value == nil {
            video.sampleAspectRatio = .known(sampleAspectRatio)
        }
        video.color = color.filled(from: video.color)
        video.referenceFrames = referenceFrames.filled(from: video.referenceFrames)
        video.reorderFrames = reorderFrames.filled(from: video.reorderFrames)
        switch (progressive, fieldOrder) {
        case (true?, _):
            video.scan = .known("progressive")
            video.fieldOrder = .unknown("its pictures are whole frames")
        case (false?, let order?):
            video.scan = .known("interlaced")
            video.fieldOrder = .known(order)
        case (false?, nil):
            video.scan = .unknown("fields are allowed, and only pictures show them")
            video.fieldOrder = .unknown("only pictures show it")
        case (nil, _): break
        }
    }

    /// FFmpeg's name of a planar layout. `chroma` is chroma_format_idc: 0 gray, 1 4:2:0, 2 4:2:2, 3 4:4:4.
    static func pixelFormat(chroma: Int, bitDepth: Int, fullRange: Bool, rgb: Bool) -> String? {
        guard (8...16).contains(bitDepth) else { return nil }
        let depth = bitDepth == 8 ? "" : "\(bitDepth)le"
        switch chroma {
        case 0: return "gray" + depth
        case 3 where rgb: return "gbrp" + depth
        case 1...3:
            let layout = ["420p", "422p", "444p"][chroma - 1]
            return (fullRange && bitDepth == 8 ? "yuvj" : "yuv") + layout + depth
        default: return nil
        }
    }

    /// The pixel aspect ratios with a number of their own (ITU-T H.273, 8.6).
    static func aspectRatio(index: Int) -> Rational? {
        let table: [(Int64, Int64)] = [
            (1, 1), (12, 11), (10, 11), (16, 11), (40, 33), (24, 11), (20, 11), (32, 11), (80, 33), (18, 11), (15, 11),
            (64, 33), (160, 99), (4, 3), (3, 2), (2, 1),
        ]
        guard (1...table.count).contains(index) else { return nil }
        return Rational(table[index - 1].0, table[index - 1].1)
    }
}
