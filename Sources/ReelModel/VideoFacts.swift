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
    /// Which field of an interlaced picture is shown first: `top`, `bottom`.
    public var fieldOrder: Known<String> = .unknown(Facts.notInHeader)
    /// Pictures that later ones may refer to, at most.
    public var referenceFrames: Known<Int> = .unknown(Facts.notInHeader)
    /// Pictures that may be decoded before one that is shown first, at most; 0 where decoding and showing go in step.
    public var reorderFrames: Known<Int> = .unknown(Facts.notInHeader)
    /// Whether there is a decoder for it here; only the worker knows.
    public var decodable: Known<Bool> = .unknown(Facts.noDecoderAsked)
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
    /// What the stream's tags and configuration make of it.
    public var dynamicRange: Known<DynamicRange> = .unknown("not tagged")
    /// Of the grading display, in candela a square metre (SMPTE ST 2086).
    public var masteringLuminance: Known<LuminanceRange> = .unknown("not tagged")
    /// MaxCLL and MaxFALL in candela a square metre (CTA-861.3, annex P).
    public var contentLight: Known<ContentLight> = .unknown("not tagged")
    /// The configuration record where the stream is Dolby Vision.
    public var dolbyVision: DolbyVision?

    public init() {}
}

/// How a picture's values map to light.
public enum DynamicRange: String, Sendable, Hashable, Codable, CaseIterable {
    case sdr
    /// SMPTE ST 2084 without static metadata.
    case pq
    /// SMPTE ST 2084 with SMPTE ST 2086 or CTA-861.3 metadata.
    case hdr10
    /// ARIB STD-B67, ITU-R BT.2100.
    case hlg
    case dolbyVision = "dolby-vision"
}

/// Candela a square metre.
public struct LuminanceRange: Sendable, Hashable, Codable {
    public var minimum: Double
    public var maximum: Double

    public init(minimum: Double, maximum: Double) {
        self.minimum = minimum
        self.maximum = maximum
    }
}

/// Candela a square metre.
public struct ContentLight: Sendable, Hashable, Codable {
    public var maximum: Int
    public var maximumFrameAverage: Int

    public init(maximum: Int, maximumFrameAverage: Int) {
        self.maximum = maximum
        self.maximumFrameAverage = maximumFrameAverage
    }
}

/// Dolby Vision Streams Within the ISO Base Media File Format 2.1.2, 3.2.
public struct DolbyVision: Sendable, Hashable, Codable {
    public var profile: Int
    public var level: Int
    /// `dv_bl_signal_compatibility_id`: what a player without Dolby Vision sees (1 HDR10, 2 SDR, 4 HLG, 0 nothing).
    public var compatibility: Int

    public init(profile: Int, level: Int, compatibility: Int) {
        self.profile = profile
        self.level = level
        self.compatibility = compatibility
    }
}
