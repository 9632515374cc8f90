public import ReelModel

/// What a demuxer tells of one stream. Times are in `timeBase`.
public struct StreamInfo: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable {
        case video, audio, subtitle, data, attachment, other
    }

    /// The stream's place in the file, from 0.
    public var index: Int
    public var kind: Kind
    /// The codec's short name, as `ffprobe` tells it; `none` where it is not known.
    public var codec: String
    /// The four characters that the container calls the codec by, where it does.
    public var codecTag: String?
    /// The library's name for it, or its number where it has no name.
    public var profile: String?
    /// The codec's own number for it; see `levelName`.
    public var level: Int?
    public var timeBase: Rational
    /// When it begins.
    public var start: Int64?
    public var duration: Int64?
    /// As the container tells it.
    public var frames: Int64?
    /// Bits per second.
    public var bitRate: Int64?
    public var metadata: [String: String]
    /// A cover image, not a film.
    public var isAttachedPicture: Bool
    public var isDefault: Bool

    // MARK: Of pictures
    /// Stored samples after cropping.
    public var size: Size?
    public var pixelFormat: PixelFormat?
    /// Width of a pixel over its height.
    public var sampleAspectRatio: Rational?
    public var averageFrameRate: Rational?
    /// The lowest rate at which every time stamp can be told exactly, as the library guesses.
    public var baseFrameRate: Rational?
    /// Degrees clockwise to turn the picture for display: 0, 90, 180 or 270; `nil` where it is mirrored or askew.
    public var rotation: Int?
    /// `progressive`, `interlaced`; `nil` where it is not said.
    public var scan: String?
    public var colorPrimaries: String?
    public var colorTransfer: String?
    public var colorMatrix: String?
    /// `tv` or `pc`.
    public var colorRange: String?

    // MARK: Of sound
    /// Per second.
    public var sampleRate: Int?
    public var channels: Int?
    /// By its usual name: `stereo`.
    public var channelLayout: String?
    public var sampleFormat: SampleFormat?
}
