/// What the packets of one stream showed, read one and all without decoding. Times are seconds from the start of the
/// presentation; lists hold `PacketFacts.limit` of what their count tells: the longest spans, the first moments.
public struct PacketFacts: Sendable, Hashable, Codable {
    /// The stream's place in the file, from 0.
    public var index: Int
    public var packets: Int
    public var bytes: Int64
    /// From the first packet's presentation to the latest end of one; `nil` where no packet has a time.
    public var span: TimeRange?
    /// Spans in which nothing is presented though the stream goes on: longer than two usual packets and 0.1 s. A picture
    /// of ISO BMFF lasts until the next one, so there are none between its pictures.
    public var gaps: [TimeRange] = []
    public var gapCount = 0
    /// Spans in which two packets are presented at once: sound by more than half a usual packet, pictures where two are
    /// due at the same time.
    public var overlaps: [TimeRange] = []
    public var overlapCount = 0
    /// When the time of decoding did not grow. Matroska and Ogg have no such times.
    public var nonMonotonic: [Double] = []
    public var nonMonotonicCount = 0
    /// Bits in the fullest second, wherever it begins, in the order of decoding.
    public var peakBitRate: Known<Int64> = .unknown("the packets have no times")

    // MARK: Of pictures

    /// Frames per second: the slowest and the quickest succession of two pictures, and pictures over the span.
    public var frameRates: Known<FrameRates> = .unknown("fewer than two pictures have times")
    public var keyFrames = 0
    /// Seconds from a key frame to the next: the shortest, the mean and the longest, the last group included.
    public var keyFrameIntervals: Known<Intervals> = .unknown("there is no key frame")
    /// Whether every group of pictures can be decoded without the one before it.
    public var closedGroups: Known<Bool> = .unknown(Self.notRead)
    /// Whether the first picture is one that decoding can start with: an IDR of H.264; of HEVC an IDR, BLA or a CRA that
    /// no RASL picture follows; a key frame elsewhere.
    public var startsWithKeyFrame: Known<Bool> = .unknown(Self.notRead)
    /// H.264 and HEVC: whether every parameter set that a picture refers to comes before it.
    public var parameterSetsPresent: Known<Bool> = .unknown(Self.notRead)

    /// H.264: how its pictures are coded.
    public var pictures: Known<PictureKinds> = .unknown(Self.notRead)

    public static let limit = 100
    public static let notRead = "not read from this kind of stream"

    public init(index: Int, packets: Int, bytes: Int64, span: TimeRange?) {
        self.index = index
        self.packets = packets
        self.bytes = bytes
        self.span = span
    }

    public struct FrameRates: Sendable, Hashable, Codable {
        public var minimum: Double
        public var average: Double
        public var maximum: Double

        public init(minimum: Double, average: Double, maximum: Double) {
            self.minimum = minimum
            self.average = average
            self.maximum = maximum
        }
    }

    /// By their slices: one that has a bidirectional slice is bidirectional.
    public struct PictureKinds: Sendable, Hashable, Codable {
        public var intra = 0
        public var predicted = 0
        public var bidirectional = 0
        /// Packets that hold a field, or two, instead of a frame.
        public var fields = 0
        /// Whether any is coded arithmetically (CABAC).
        public var arithmetic = false

        public init() {}
    }

    /// Seconds.
    public struct Intervals: Sendable, Hashable, Codable {
        public var shortest: Double
        public var mean: Double
        public var longest: Double

        public init(shortest: Double, mean: Double, longest: Double) {
            self.shortest = shortest
            self.mean = mean
            self.longest = longest
        }
    }
}
