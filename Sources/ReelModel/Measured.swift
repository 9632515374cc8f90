/// What decoding every frame showed. Times are seconds from the start of the presentation.
public struct Measured: Sendable, Hashable, Codable {
    public var streams: [MeasuredStream]
    /// Every fault that a decoder reported, in order of time, the first `Measured.faultLimit` of them.
    public var faults: [DecodeFault]
    /// How many faults there were in all.
    public var faultCount: Int
    /// Spans in which the picture is black.
    public var black: [TimeRange]
    /// Spans in which the sound is silent.
    public var silence: [TimeRange]
    /// `nil` where no picture stream was decoded, or the file is a still picture.
    public var picture: PictureMeasurements?
    /// The first sound stream's; `nil` where none was decoded.
    public var sound: SoundMeasurements?
    /// The other sound streams', as far as they were listened to: `Measured.soundLimit` streams with the first.
    public var otherSounds: [SoundMeasurements]
    /// What was not asked for, or cannot be told of a sample: of these nothing here says anything.
    public var leftOut: Set<Analysis> = []
    /// Which parts were decoded, where not all was; everything here is then of these parts alone.
    public var sample: Sample?

    public static let faultLimit = 100
    /// A film with sound in more languages than this is rare, and each takes memory.
    public static let soundLimit = 16

    public init(
        streams: [MeasuredStream] = [], faults: [DecodeFault] = [], faultCount: Int = 0,
        black: [TimeRange] = [], silence: [TimeRange] = [], picture: PictureMeasurements? = nil,
        sound: SoundMeasurements? = nil, otherSounds: [SoundMeasurements] = []
    ) {
        self.streams = streams
        self.faults = faults
        self.faultCount = faultCount
        self.black = black
        self.silence = silence
        self.picture = picture
        self.sound = sound
        self.otherSounds = otherSounds
    }

    public func stream(_ index: Int) -> MeasuredStream? { streams.first { $0.index == index } }
}

/// The parts of a film that a quick look decoded. Times are seconds from the start of the presentation.
public struct Sample: Sendable, Hashable, Codable {
    /// Parts that were decoded from end to end.
    public var spans: [TimeRange]
    /// Between those, when the key frames are shown that were decoded alone.
    public var keyFrames: [Double]
    /// Of how many seconds.
    public var of: Double

    public init(spans: [TimeRange], keyFrames: [Double], of: Double) {
        self.spans = spans
        self.keyFrames = keyFrames
        self.of = of
    }

    /// Seconds in the spans.
    public var seconds: Double { spans.reduce(0) { $0 + $1.duration } }
    /// How much of the film the spans are, from 0 to 1.
    public var share: Double { of > 0 ? min(seconds / of, 1) : 0 }
}

/// One stream as decoded.
public struct MeasuredStream: Sendable, Hashable, Codable {
    /// The stream's place in the file, from 0.
    public var index: Int
    public var packets: Int
    /// Pictures, or blocks of sound, that came out of the decoder.
    public var frames: Int
    /// Of sound: sample frames that came out of the decoder.
    public var samples: Int64
    /// From the first frame's start to the last frame's end; `nil` where nothing could be decoded.
    public var span: TimeRange?
    /// The size of the decoded pictures, each one that occurred.
    public var sizes: [Size]

    public init(index: Int, packets: Int, frames: Int, samples: Int64, span: TimeRange?, sizes: [Size]) {
        self.index = index
        self.packets = packets
        self.frames = frames
        self.samples = samples
        self.span = span
        self.sizes = sizes
    }
}

/// Something that a decoder or demuxer could not make sense of.
public struct DecodeFault: Sendable, Hashable, Codable {
    public var stream: Int?
    /// Where it happened, in seconds, as far as is known.
    public var time: Double?
    /// The library's own words.
    public var message: String

    public init(stream: Int?, time: Double?, message: String) {
        self.stream = stream
        self.time = time
        self.message = message
    }
}
