internal import ReelModel

/// How many bits pictures and sound want. The one place of these figures: rules of thumb for H.264 and AAC, to choose
/// a size before anything is encoded; the encode itself is aimed at the bytes.
enum Rates {
    /// What a container may take of the bytes besides its streams: 3 %.
    static let payload = 0.97

    /// What would go into so few bytes, in words; empty where it is less than a second.
    /// - Parameter rate: the least bits per second.
    static func alternative(bytes: Int64, rate: Double) -> String {
        let seconds = (Double(bytes) * 8 * payload / rate).rounded(.down)
        return seconds >= 1
            ? ", \(Figure.seconds(seconds)) of it would (--max-duration \(Int64(saturating: seconds)))" : ""
    }

    // MARK: Pictures, in bits per pixel and frame

    /// Below this a picture of ordinary content falls apart.
    static func leastBits(_ preference: PlanOptions.Preference) -> Double {
        switch preference {
        case .quality: 0.045
        case .resolution: 0.02
        case .speed: 0.06
        }
    }
    /// Above this every picture is kept: fewer of them never measured better (`tools/benches/fit.md`).
    static let tightBits = 0.06
    /// Pictures a second: fewer are no motion any more, but a row of stills. Half of 24000/1001 are enough.
    static let leastPictures = 11.98
    /// Above this nothing visible is gained.
    static let amplyBits = 0.12
    /// The least that an encoder makes of anything, at the smallest size.
    static let floorBits = 0.01

    /// Lengths of the shorter side that are tried, the largest first.
    static let shortSides = [2160, 1440, 1080, 900, 720, 540, 480, 360, 270, 180, 144]

    /// Bits per second for a picture of that size.
    static func video(_ size: Size, fps: Double, bits: Double) -> Double {
        Double(size.width) * Double(size.height) * fps * bits
    }

    // MARK: Sound, in bits per second

    static let audioFloor: Int64 = 24_000

    /// AAC-LC at which nothing audible is lost in ordinary content.
    static func audioAmply(channels: Int) -> Int64 { Int64(min(max(channels, 1), 6)) * 96_000 }

    /// A sample rate that AAC has: the source's own, else the nearest common one, at most 48 kHz.
    static func sampleRate(_ source: Int, bitRate: Int64) -> Int {
        let own = [48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000]
        let rate = own.contains(source) ? source : source > 44_100 ? 48_000 : 44_100
        // So few bits do not carry the upper octave.
        return bitRate < 32_000 ? min(rate, 24_000) : rate
    }

    /// The sound of a stream at no more than that many bits per second.
    static func target(_ audio: AudioFacts, atMost limit: Double) -> AudioTarget {
        var channels = min(max(audio.channels.value ?? 2, 1), 6)
        var rate = audioAmply(channels: channels)
        // A lossy source holds no more than its own rate, with something for being coded twice.
        let lossless =
            ["flac", "alac", "ape", "wavpack", "tta"].contains(audio.codec.value ?? "")
            || (audio.codec.value ?? "pcm").hasPrefix("pcm")
        if !lossless, let own = audio.bitRate.value, own > 0 {
            rate = min(rate, max(own.saturatingMultiply(5) / 4, 64_000))
        }
        if Double(rate) > limit {
            channels = min(channels, limit < 40_000 ? 1 : 2)
            rate = min(audioAmply(channels: channels), max(Int64(saturating: limit), audioFloor))
        }
        rate = rate / 1000 * 1000
        return AudioTarget(
            stream: audio.index, bitRate: rate, sampleRate: sampleRate(audio.sampleRate.value ?? 48_000, bitRate: rate),
            channels: channels)
    }
}
