internal import ReelModel

/// The head of one tag (E.4.1).
struct FLVTag {
    let kind: Int
    let size: Int
    /// Milliseconds.
    let time: Int

    init?(_ head: Bytes) {
        guard let first = head.u8(0), let size = head.u24(1), let low = head.u24(4), let high = head.u8(7) else {
            return nil
        }
        kind = first & 0x1F
        self.size = size
        time = high << 24 | low
        guard [8, 9, 18, 15].contains(kind), head.u24(8) == 0 else { return nil }
    }
}

/// E.4.3: a frame's kind and coding, then what that needs.
struct FLVPicture {
    private let coding: Int
    private var format: PictureFormat?

    init?(_ body: Bytes) {
        guard let first = body.u8(0), first & 0x80 == 0 else { return nil }
        coding = first & 15
        if coding == 7, body.u8(1) == 0 { format = H264SPS.read(configuration: body.slice(from: 5)) }
        if coding == 12, body.u8(1) == 0 { format = HEVCSPS.read(configuration: body.slice(from: 5)) }
    }

    var needsConfiguration: Bool { (coding == 7 || coding == 12) && format == nil }

    func facts(index: Int, _ script: FLVScript, _ duration: Known<Double>) -> VideoFacts {
        let names = [
            2: "flv1", 3: "flashsv", 4: "vp6f", 5: "vp6a", 6: "flashsv2", 7: "h264", 8: "h263", 9: "mpeg4", 12: "hevc",
        ]
        var video = VideoFacts(index: index, codec: Known(names[coding], else: "coding \(coding) is not known here"))
        if let format {
            format.apply(to: &video)
        } else if let width = script.numbers["width"], let height = script.numbers["height"], width >= 1, height >= 1,
            width < 65536, height < 65536
        {
            video.width = .known(Int(width))
            video.height = .known(Int(height))
        }
        video.duration = duration
        if let rate = script.numbers["framerate"], rate >= 1, rate < 1000 {
            video.frameRate = Known(Rational(nearest: rate, upTo: 30000), else: "it states no rate")
        }
        return video
    }
}

/// E.4.2: coding, rate, width and channels in one byte.
struct FLVSound {
    private let packed: Int
    private var configuration: AudioSpecificConfig?

    init?(_ body: Bytes) {
        guard let first = body.u8(0) else { return nil }
        packed = first
        if first >> 4 == 10, body.u8(1) == 0 { configuration = AudioSpecificConfig(body.slice(from: 2)) }
    }

    var needsConfiguration: Bool { packed >> 4 == 10 && configuration == nil }

    func facts(index: Int, _ duration: Known<Double>) -> AudioFacts {
        let coding = packed >> 4
        let wide = packed & 2 != 0
        let names = [
            0: wide ? "pcm_s16le" : "pcm_u8", 1: "adpcm_swf", 2: "mp3", 3: wide ? "pcm_s16le" : "pcm_u8",
            4: "nellymoser", 5: "nellymoser", 6: "nellymoser", 7: "pcm_alaw", 8: "pcm_mulaw", 10: "aac", 11: "speex",
            14: "mp3",
        ]
        var audio = AudioFacts(index: index, codec: Known(names[coding], else: "coding \(coding) is not known here"))
        audio.duration = duration
        if let configuration {
            audio.profile = configuration.profile
            audio.sampleRate = configuration.sampleRate
            audio.channels = configuration.channels
            audio.channelLayout = configuration.channelLayout
            return audio
        }
        let rate =
            switch coding {
            case 4, 11: 16000
            case 5, 7, 8, 14: 8000
            case _: 44100 >> (3 - packed >> 2 & 3)
            }
        let channels = [4, 5, 11].contains(coding) ? 1 : packed & 1 + 1
        // The rates of this table are none of MP3's lower ones, so its frames may say otherwise.
        if coding != 2 || rate >= 22050 { audio.sampleRate = .known(rate) }
        audio.channels = .known(channels)
        audio.channelLayout = ChannelLayout.plain(channels: channels)
        return audio
    }
}
