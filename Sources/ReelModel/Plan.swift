/// The cheapest steps that make a file pass, as values. No steps: it passes as it is.
///
/// Steps are not passes over the file: together they describe one result. It holds the streams that `remux` copies and
/// those that `encodeVideo` and `encodeAudio` code anew or `keepText` writes anew, no others, all of them cut to `trim`'s span; a stream stands
/// in one of these only. `rename`, `stripImage`, `convertImage` and `convertAnimation`
/// stand alone.
public struct Plan: Sendable, Hashable, Codable {
    public var steps: [Step]
    /// What the result is; its name gets this type's usual extension.
    public var output: FileType
    /// The most bytes that the result may have.
    public var maxBytes: Int64?
    /// The most seconds that the result may last, whatever span of the source is kept.
    public var maxDuration: Double?
    /// What the result is expected to have.
    public var predictedBytes: Known<Int64>
    /// Whether the result must not say where, by whom or with what it was made.
    public var dropsPrivate: Bool

    public init(
        steps: [Step], output: FileType, maxBytes: Int64?, maxDuration: Double? = nil, predictedBytes: Known<Int64>,
        dropsPrivate: Bool = false
    ) {
        self.steps = steps
        self.output = output
        self.maxBytes = maxBytes
        self.maxDuration = maxDuration
        self.predictedBytes = predictedBytes
        self.dropsPrivate = dropsPrivate
    }

    public enum Step: Sendable, Hashable, Codable {
        /// The same bytes under an honest extension.
        case rename
        /// The same coded streams, those with these indexes, in a new container with its index first.
        case remux(streams: [Int])
        /// Only this span, in seconds.
        case trim(TimeRange)
        case encodeAudio(AudioTarget)
        case encodeVideo(VideoTarget)
        /// The words of the subtitles with these indexes, as the new container has text.
        case keepText(streams: [Int])
        case convertImage(ImageTarget)
        /// The same animation with one palette, and of each picture only what differs from the one before it; where that
        /// is too much, with fewer colours, and then smaller.
        case convertAnimation(ImageTarget)
        /// The same coded picture without what is noted beside it, but for its EXIF orientation.
        case stripImage(orientation: Int)
    }

    /// Whether a picture or a film has to be coded anew.
    public var encodesPicture: Bool {
        steps.contains {
            switch $0 {
            case .encodeVideo, .convertImage, .convertAnimation: true
            case .rename, .remux, .trim, .encodeAudio, .keepText, .stripImage: false
            }
        }
    }
}

/// H.264, 4:2:0, 8 bit.
public struct VideoTarget: Sendable, Hashable, Codable {
    /// The stream to encode.
    public var stream: Int
    /// As displayed, both sides even; rotation and pixel aspect are applied to the picture. Where it is measured, the
    /// largest that it may be.
    public var size: Size
    /// `nil` keeps every frame at its time.
    public var frameRate: Rational?
    /// How the picture is brought to the shape of `size`; `nil` where it has it.
    public var reframing: Reframing?
    /// The constant rate factor of x264 below which it is not coded, however many bytes there are.
    public var ceiling: Double

    /// How the size is come to.
    public var sizing: Sizing
    /// Whether every second picture alone may be kept, and shown for two, where samples look better so for the bytes.
    public var mayThin: Bool
    /// Whether less work counts for more than a better picture.
    public var isFast: Bool

    public enum Sizing: String, Sendable, Hashable, Codable {
        /// The size is the one that is told.
        case fixed
        /// The size, at most the one that is told, at which samples look best for the bytes.
        case measured
    }

    /// The constant rate factor at which a film can hardly be told from its source.
    public static let transparent = 17.0

    public init(
        stream: Int, size: Size, frameRate: Rational? = nil, ceiling: Double = VideoTarget.transparent,
        sizing: Sizing = .fixed, mayThin: Bool = false, isFast: Bool = false
    ) {
        self.stream = stream
        self.size = size
        self.frameRate = frameRate
        self.ceiling = ceiling
        self.sizing = sizing
        self.mayThin = mayThin
        self.isFast = isFast
    }
}

/// AAC-LC.
public struct AudioTarget: Sendable, Hashable, Codable {
    /// The stream to encode.
    public var stream: Int
    /// Bits per second.
    public var bitRate: Int64
    /// Samples per second.
    public var sampleRate: Int
    public var channels: Int
    /// Decibels by which it is made louder.
    public var gain: Double?

    public init(stream: Int, bitRate: Int64, sampleRate: Int, channels: Int) {
        self.stream = stream
        self.bitRate = bitRate
        self.sampleRate = sampleRate
        self.channels = channels
    }
}

/// An upright still picture in the plan's output type.
public struct ImageTarget: Sendable, Hashable, Codable {
    /// The largest it may be, as displayed; it is never enlarged.
    public var maxSize: Size
    /// EXIF orientation of the source, applied to the pixels.
    public var orientation: Int

    public init(maxSize: Size, orientation: Int) {
        self.maxSize = maxSize
        self.orientation = orientation
    }
}

extension Plan.Step: CustomStringConvertible {
    public var description: String {
        switch self {
        case .rename: "give the name the extension of the content"
        case .remux(let streams): "copy stream\(streams.count == 1 ? "" : "s") \(list(streams)) into a new container"
        case .trim(let span): "keep \(span.start) s to \(span.end) s"
        case .encodeAudio(let target):
            "encode stream \(target.stream) as AAC, \(target.bitRate / 1000) kb/s, \(target.sampleRate) Hz, "
                + "\(target.channels) channel\(target.channels == 1 ? "" : "s")"
                + (target.gain.map { ", \(Figure.decimal($0, places: 2)) dB louder" } ?? "")
        case .encodeVideo(let target):
            "encode stream \(target.stream) as H.264, \(target.sizing == .measured ? "at most " : "")\(target.size)"
                + (target.frameRate.map { ", \($0) frames/s" } ?? "") + (target.reframing.map(words) ?? "")
                + (target.mayThin ? ", every frame, or every second where samples look better so" : "")
        case .keepText(let streams):
            "keep the words of the subtitles in stream\(streams.count == 1 ? "" : "s") \(list(streams))"
        case .convertImage(let target):
            "convert the picture, at most \(target.maxSize)" + (target.orientation == 1 ? "" : ", upright")
        case .convertAnimation(let target): "make the animation smaller, at most \(target.maxSize)"
        case .stripImage: "copy the picture as it is coded, without what is noted beside it"
        }
    }

    private func words(_ reframing: Reframing) -> String {
        switch reframing.fill {
        case .blur: ", whole over a blurred copy of itself"
        case .crop: ", its middle"
        case .pad: ", whole between bars"
        }
    }

    private func list(_ streams: [Int]) -> String { streams.map(String.init).joined(separator: ", ") }
}
