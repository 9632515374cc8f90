/// One audio stream.
public struct AudioFacts: Sendable, Hashable, Codable {
    /// The stream's place in the file, from 0.
    public var index: Int
    /// By its usual short name: `aac`, `mp3`, `opus`, `vorbis`, `flac`, `pcm_s16le` …
    public var codec: Known<String>
    /// The codec's own name for it: `LC`, `HE-AAC`, `HE-AACv2` …
    public var profile: Known<String> = .unknown(Facts.notInHeader)
    /// Samples per second.
    public var sampleRate: Known<Int> = .unknown(Facts.notInHeader)
    public var channels: Known<Int> = .unknown(Facts.notInHeader)
    /// In FFmpeg's names: `mono`, `stereo`, `5.1` …
    public var channelLayout: Known<String> = .unknown(Facts.notInHeader)
    /// Bits per second.
    public var bitRate: Known<Int64> = .unknown(Facts.notInHeader)
    /// Seconds from the start of the presentation to this stream's first sound.
    public var start: Known<Double> = .unknown(Facts.notInHeader)
    /// Seconds.
    public var duration: Known<Double> = .unknown(Facts.notInHeader)

    /// Whether there is a decoder for it here; only the worker knows.
    public var decodable: Known<Bool> = .unknown(Facts.noDecoderAsked)

    public init(index: Int, codec: Known<String>) {
        self.index = index
        self.codec = codec
    }
}
