/// What the main sound stream sounds like, beside the spans of silence. Times are seconds from the start of the
/// presentation, levels decibels of full scale (0 is the largest sample that can be); lists hold
/// `SoundMeasurements.limit` at most: where more are found, the weakest are left out (the shortest, those of the fewest runs,
/// the smallest steps), and the rest stand in order of time.
public struct SoundMeasurements: Sendable, Hashable, Codable {
    /// The stream's place in the file, from 0.
    public var stream: Int
    /// Samples per second, as they came out of the decoder; headers of HE-AAC may say half of it.
    public var rate: Int
    /// In the order of the stream.
    public var channels: [ChannelMeasurements] = []
    /// The mean over all channels and all that is not silent.
    public var level: Known<Double> = .unknown(SoundMeasurements.silent)
    public var loudness = Loudness()
    /// The spans of `Measured.silence`, with what is around them.
    public var silences: [SilentSpan] = []
    /// Where samples stand at full scale in runs with steep sides. Places two seconds apart or less are one span.
    public var clipped: [ClippedSpan] = []
    public var clippedCount = 0
    /// Of the front left and the front right channel; `nil` where there are not both.
    public var stereo: StereoMeasurements?
    /// Where the level steps up or down and stays there.
    public var steps: [LevelStep] = []
    public var stepCount = 0

    public static let limit = 100
    public static let silent = "the sound is silent"
    public static let short = "the sound is too short"

    public init(stream: Int, rate: Int) {
        self.stream = stream
        self.rate = rate
    }
}

/// Loudness by ITU-R BS.1770 and EBU R 128.
public struct Loudness: Sendable, Hashable, Codable {
    /// LUFS, of the whole, gated.
    public var integrated: Known<Double> = .unknown(SoundMeasurements.silent)
    /// LU (EBU Tech 3342).
    public var range: Known<Double> = .unknown(SoundMeasurements.short)
    /// LUFS: the loudest 0.4 s.
    public var momentaryMaximum: Known<Double> = .unknown(SoundMeasurements.short)
    /// LUFS: the loudest 3 s.
    public var shortTermMaximum: Known<Double> = .unknown(SoundMeasurements.short)
    /// dBTP: the highest value between samples, found at four times the sampling rate.
    public var truePeak: Known<Double> = .unknown(SoundMeasurements.silent)
    /// When the true peak is reached, in seconds.
    public var truePeakTime: Known<Double> = .unknown(SoundMeasurements.silent)
    /// dBFS: the highest sample.
    public var samplePeak: Known<Double> = .unknown(SoundMeasurements.silent)

    public init() {}
}

/// One channel.
public struct ChannelMeasurements: Sendable, Hashable, Codable {
    /// By its usual short name: `FL`, `FR`, `FC`, `LFE`, `SL` …
    public var name: String
    /// dBFS, the highest sample.
    public var peak: Known<Double> = .unknown(SoundMeasurements.silent)
    /// dBFS, the root mean square of all samples.
    public var level: Known<Double> = .unknown(SoundMeasurements.silent)
    /// The mean of all samples, of full scale.
    public var offset = 0.0
    /// Where it is silent for half a second or more while others are not.
    public var silence: [TimeRange] = []

    public init(name: String) {
        self.name = name
    }
}

/// Silence, and how loud it is just before and after.
public struct SilentSpan: Sendable, Hashable, Codable {
    public var span: TimeRange
    /// dBFS in the 50 ms before it; unknown where the sound begins with it.
    public var before: Known<Double>
    /// dBFS in the 50 ms after it; unknown where the sound ends with it.
    public var after: Known<Double>

    public init(span: TimeRange, before: Known<Double>, after: Known<Double>) {
        self.span = span
        self.before = before
        self.after = after
    }
}

public struct ClippedSpan: Sendable, Hashable, Codable {
    public var span: TimeRange
    /// Runs of samples at full scale, of all channels.
    public var runs: Int
    /// Samples in them.
    public var samples: Int

    public init(span: TimeRange, runs: Int, samples: Int) {
        self.span = span
        self.runs = runs
        self.samples = samples
    }
}

public struct StereoMeasurements: Sendable, Hashable, Codable {
    /// From -1, one the inverse of the other, to 1, the same.
    public var correlation: Known<Double> = .unknown(SoundMeasurements.silent)
    /// The largest difference of two samples of the same time, of full scale; 0 where both channels are the same.
    public var difference = 0.0
    /// Where the correlation of every half second is -0.7 or lower, and both channels are heard in it.
    public var inverted: [TimeRange] = []

    public init() {}
}

/// The quietest 0.4 s of the two seconds on one side are louder than the loudest 0.4 s of the two on the other.
public struct LevelStep: Sendable, Hashable, Codable {
    public var time: Double
    /// Decibels between those two; negative where it steps down.
    public var change: Double

    public init(time: Double, change: Double) {
        self.time = time
        self.change = change
    }
}
