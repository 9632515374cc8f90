internal import ReelModel

/// One logical stream by its identification header.
struct OggStream {
    enum Kind { case video, audio }

    let serial: Int
    let kind: Kind
    let codec: String
    private var sampleRate = 0
    private var channels = 0
    private var nominalRate: Int64?
    private var layout: Known<String> = .unknown(Facts.notInHeader)
    private var preSkip: Int64 = 0
    private var size: Size?
    private var frameRate: Rational?
    private var aspect: Rational?
    private var pixelFormat: String?
    private var keyShift = 0
    private let statedDuration: Double?
    /// What stands before the comments in the second packet.
    let commentOffset: Int

    /// `nil` for a coding that is not known here.
    init?(_ page: OggPage, _ packet: Bytes) {
        serial = page.serial
        var stated: Double?
        if packet.starts(with: "\u{1}vorbis"), let count = packet.u8(11), let rate = packet.le32(12) {
            // Vorbis I, 4.2.2
            (kind, codec, commentOffset) = (.audio, "vorbis", 7)
            (channels, sampleRate) = (count, rate)
            layout = ChannelLayout.vorbis(channels: count)
            nominalRate = packet.le32(20).flatMap { $0 > 0 && $0 < 1 << 30 ? Int64($0) : nil }
        } else if packet.starts(with: "OpusHead"), let count = packet.u8(9), let skip = packet.le16(10) {
            // RFC 7845, 5.1
            (kind, codec, commentOffset) = (.audio, "opus", 8)
            (channels, sampleRate, preSkip) = (count, 48000, Int64(skip))
            if let family = packet.u8(18), family <= 1 { layout = ChannelLayout.vorbis(channels: count) }
        } else if packet.starts(with: "Speex   "), let rate = packet.le32(36), let count = packet.le32(48) {
            (kind, codec, commentOffset) = (.audio, "speex", 0)
            (channels, sampleRate) = (count, rate)
            layout = ChannelLayout.plain(channels: count)
        } else if packet.starts(with: [0x7F, 0x46, 0x4C, 0x41, 0x43]),
            let info = FLACStreamInfo(packet.slice(from: 17))
        {  // RFC 9639, 10.1
            (kind, codec, commentOffset) = (.audio, "flac", 4)
            (channels, sampleRate) = (info.channels, info.sampleRate)
            layout = ChannelLayout.flac(channels: info.channels)
            stated = info.duration
        } else if packet.starts(with: [0x80, 0x74, 0x68, 0x65, 0x6F, 0x72, 0x61]), let width = packet.u24(14),
            let height = packet.u24(17), let rate = packet.u32(22), let scale = packet.u32(26),
            let packed = packet.u16(40)
        {  // Theora Specification, 6.2
            (kind, codec, commentOffset) = (.video, "theora", 7)
            size = Size(width: width, height: height)
            frameRate = Rational(Int64(rate), Int64(scale))
            if let across = packet.u24(30), let down = packet.u24(33), across > 0, down > 0 {
                aspect = Rational(Int64(across), Int64(down))
            }
            keyShift = packed >> 5 & 31
            pixelFormat = [0: "yuv420p", 2: "yuv422p", 3: "yuv444p"][packed >> 3 & 3]
        } else {
            return nil
        }
        statedDuration = stated
        if kind == .audio, sampleRate <= 0 || channels <= 0 { return nil }
    }

    /// Seconds at a page's position.
    func seconds(at granule: Int64) -> Double? {
        guard granule >= 0 else { return nil }
        if kind == .audio { return Double(max(granule - preSkip, 0)) / Double(sampleRate) }
        guard let frameRate, frameRate.numerator > 0 else { return nil }
        let frames = (granule >> Int64(keyShift)) + granule & ((1 << Int64(keyShift)) - 1)
        return Double(frames) / frameRate.doubleValue
    }

    func audio(index: Int, duration: Known<Double>) -> AudioFacts {
        var audio = AudioFacts(index: index, codec: .known(codec))
        audio.sampleRate = .known(sampleRate)
        audio.channels = .known(channels)
        audio.channelLayout = layout
        audio.bitRate = Known(nominalRate, else: Facts.notInHeader)
        audio.duration = statedDuration.map { .known($0) } ?? duration
        return audio
    }

    func video(index: Int, duration: Known<Double>) -> VideoFacts {
        var video = VideoFacts(index: index, codec: .known(codec))
        video.width = Known(size?.width, else: Facts.notInHeader)
        video.height = Known(size?.height, else: Facts.notInHeader)
        video.frameRate = Known(frameRate, else: "its header makes no rate")
        video.sampleAspectRatio = Known(aspect, else: "not tagged")
        video.pixelFormat = Known(pixelFormat, else: Facts.notInHeader)
        video.bitDepth = .known(8)
        video.scan = .known("progressive")
        video.duration = duration
        return video
    }
}
