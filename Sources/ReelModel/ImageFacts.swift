/// A still or animated image.
public struct ImageFacts: Sendable, Hashable, Codable {
    /// Stored pixels, before orientation.
    public var width: Known<Int> = .unknown(Facts.notInHeader)
    public var height: Known<Int> = .unknown(Facts.notInHeader)
    /// EXIF orientation, 1 to 8; 1 is upright (CIPA DC-008, 4.6.4, tag 274).
    public var orientation: Known<Int> = .known(1)
    /// Pictures in the file; more than one is an animation.
    public var frames: Known<Int> = .unknown(Facts.notInHeader)
    /// Seconds of one run of the animation.
    public var duration: Known<Double> = .unknown(Facts.notInHeader)
    /// How often an animation runs; 0 is for ever.
    public var loops: Known<Int> = .unknown(Facts.notInHeader)
    public var alpha: Known<Bool> = .unknown(Facts.notInHeader)
    /// `gray`, `rgb`, `palette`, `ycbcr`, `cmyk`, `ycck`, `lab`.
    public var colorModel: Known<String> = .unknown(Facts.notInHeader)
    /// Bits per sample.
    public var bitDepth: Known<Int> = .unknown(Facts.notInHeader)
    /// Whether an ICC profile is embedded.
    public var colorProfile: Known<Bool> = .unknown(Facts.notInHeader)
    /// By tags of its own (`nclx`, `cICP`), where it has them.
    public var color = ColorFacts()
    /// Further pictures beside the one that is shown: thumbnails left aside, the frames of an MPO or a burst.
    public var furtherPictures: Known<Int> = .unknown(Facts.notInHeader)

    /// How the picture is coded, in its type's own words: `baseline`, `progressive`, `lossless-arithmetic` (JPEG),
    /// `hevc`, `av1` (HEIF), `lzw`, `packbits` (TIFF), `vp8`, `vp8l` (WebP) …
    public var coding: Known<String> = .unknown(Facts.notInHeader)
    /// Whether a second picture says how much brighter the shown one gets on a display of high dynamic range
    /// (ISO 21496-1; Ultra HDR).
    public var gainMap: Known<Bool> = .unknown(Facts.notInHeader)

    /// Whether there is a decoder for it here.
    public var decodable: Known<Bool> = .unknown(Facts.noDecoderAsked)

    public init() {}

    public var size: Known<Size> {
        width.flatMap { width in height.map { Size(width: width, height: $0) } }
    }

    /// The size as shown, turned by the orientation (5 to 8 exchange the sides).
    public var displaySize: Known<Size> {
        size.flatMap { size in orientation.map { (5...8).contains($0) ? size.turned : size } }
    }
}
