/// One video stream.
public struct VideoFacts: Sendable, Hashable, Codable {
    /// The stream's place in the file, from 0.
    public var index: Int
    /// By its usual short name: `h264`, `hevc`, `av1`, `vp8`, `vp9`, `mpeg4`, `mjpeg`, `prores` …
    public var codec: Known<String>
    /// The codec's own name for it: `High`, `Constrained Baseline`, `Main 10` …
    public var profile: Known<String> = .unknown(Facts.notInHeader)
    /// The codec's own numbering: `4.0`, `5.1`.
    public var level: Known<String> = .unknown(Facts.notInHeader)
    /// Stored samples after cropping, before pixel aspect and rotation.
    public var width: Known<Int> = .unknown(Facts.notInHeader)
    public var height: Known<Int> = .unknown(Facts.notInHeader)
    /// Degrees clockwise to turn the picture for display: 0, 90, 180 or 270.
    public var rotation: Known<Int> = .known(0)
    /// Width of a pixel over its height.
    public var sampleAspectRatio: Known<Rational> = .unknown(Facts.notInHeader)
    /// In FFmpeg's names: `yuv420p`, `yuv420p10le` …
    public var pixelFormat: Known<String> = .unknown(Facts.notInHeader)
    /// Bits per sample.
    public var bitDepth: Known<Int> = .unknown(Facts.notInHeader)
    /// Frames per second: frames over duration where each is equally long, else the average.
    public var frameRate: Known<Rational> = .unknown(Facts.notInHeader)
    public var variableFrameRate: Known<Bool> = .unknown(Facts.notInHeader)
    /// Seconds from the start of the presentation to this stream's first picture.
    public var start: Known<Double> = .unknown(Facts.notInHeader)
    /// Seconds.
    public var duration: Known<Double> = .unknown(Facts.notInHeader)
    public var frames: Known<Int> = .unknown(Facts.notInHeader)
    /// Bits per second.
    public var bitRate: Known<Int64> = .unknown(Facts.notInHeader)
    public var color = ColorFacts()
    /// `progressive`, `interlaced`.
    public var scan: Known<String> = .unknown(Facts.notInHeader)
    /// A cover image, not a film.
    public var attachedPicture = false

    public init(index: Int, codec: Known<String>) {
        self.index = index
        self.codec = codec
    }

    /// The stored size.
    public var size: Known<Size> {
        width.flatMap { width in height.map { Size(width: width, height: $0) } }
    }

    /// The size as shown: pixel aspect applied (the width is stretched), then rotated.
    public var displaySize: Known<Size> {
        size.flatMap { size in
            rotation.map { degrees in
                var shown = size
                if let ratio = sampleAspectRatio.value, ratio.numerator > 0, ratio.numerator != ratio.denominator {
                    let stretched = Double(size.width) * ratio.doubleValue
                    shown.width = stretched < 1e6 ? max(Int(stretched.rounded()), 1) : size.width
                }
                return degrees % 180 == 0 ? shown : shown.turned
            }
        }
    }
}

/// How a stream's samples map to colour, in the names of ITU-T H.273 as FFmpeg spells them (`bt709`, `smpte2084`,
/// `arib-std-b67`; range `tv` or `pc`).
public struct ColorFacts: Sendable, Hashable, Codable {
    public var primaries: Known<String> = .unknown("not tagged")
    public var transfer: Known<String> = .unknown("not tagged")
    public var matrix: Known<String> = .unknown("not tagged")
    public var range: Known<String> = .unknown("not tagged")

    public init() {}
}
