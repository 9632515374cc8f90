internal import CFFmpeg
public import ReelModel

/// One decoded picture or block of sound, owned. The same frame is filled again and again: receiving into it lets go of
/// what it held.
public struct Frame: ~Copyable {
    let raw: UnsafeMutablePointer<AVFrame>

    /// An empty frame, to receive into.
    public init() throws(Failure) {
        guard let raw = av_frame_alloc() else { throw Failure.noMemory("a frame") }
        self.raw = raw
    }

    /// A picture to be written; its samples are not set.
    public init(video size: Size, pixelFormat: PixelFormat) throws(Failure) {
        guard let raw = av_frame_alloc() else { throw Failure.noMemory("a picture of \(size)") }
        raw.pointee.format = pixelFormat.raw.rawValue
        raw.pointee.width = CInt(clamping: size.width)
        raw.pointee.height = CInt(clamping: size.height)
        guard av_frame_get_buffer(raw, 0) == 0 else {
            var freed: UnsafeMutablePointer<AVFrame>? = raw
            av_frame_free(&freed)
            throw Failure.noMemory("a picture of \(size)")
        }
        self.raw = raw
    }

    /// A block of sound to be written, with the usual layout of that many channels; its samples are not set.
    public init(
        audio samples: Int, sampleRate: Int, channels: Int, format: SampleFormat = .fltp
    ) throws(Failure) {
        guard let raw = av_frame_alloc() else { throw Failure.noMemory("a block of sound") }
        raw.pointee.format = format.raw.rawValue
        raw.pointee.nb_samples = CInt(clamping: samples)
        raw.pointee.sample_rate = CInt(clamping: sampleRate)
        av_channel_layout_default(&raw.pointee.ch_layout, CInt(clamping: channels))
        guard av_frame_get_buffer(raw, 0) == 0 else {
            var freed: UnsafeMutablePointer<AVFrame>? = raw
            av_frame_free(&freed)
            throw Failure.noMemory("a block of sound")
        }
        self.raw = raw
    }

    deinit {
        var freed: UnsafeMutablePointer<AVFrame>? = raw
        av_frame_free(&freed)
    }

    /// Lets go of the samples.
    public func clear() { av_frame_unref(raw) }

    /// Becomes another reference to what `other` holds.
    public func refer(to other: borrowing Frame) throws(Failure) {
        av_frame_unref(raw)
        guard av_frame_ref(raw, other.raw) == 0 else { throw Failure.noMemory("a frame") }
    }

    /// When it is shown: of a decoded frame in its stream's time base, as well as the decoder could tell; of a frame
    /// that a graph gave, in that output's time base.
    public var time: Int64? {
        get {
            timeStamp(raw.pointee.best_effort_timestamp) ?? timeStamp(raw.pointee.pts)
        }
        nonmutating set {
            raw.pointee.pts = newValue ?? reel_nopts
            raw.pointee.best_effort_timestamp = raw.pointee.pts
        }
    }

    /// How long it lasts, in its stream's time base; 0 where that is not known.
    public var duration: Int64 {
        get { raw.pointee.pkt_duration }
        nonmutating set { raw.pointee.pkt_duration = newValue }
    }

    /// Whether it is known to be damaged, or was patched up by the decoder.
    public var isCorrupt: Bool {
        raw.pointee.flags & AV_FRAME_FLAG_CORRUPT != 0 || raw.pointee.decode_error_flags != 0
    }

    public var isKey: Bool { raw.pointee.key_frame != 0 }

    /// Forgets which kind of picture it was, so that an encoder decides anew.
    public func forgetPictureType() { raw.pointee.pict_type = AV_PICTURE_TYPE_NONE }

    /// Asks the next encoder to make it a key frame.
    public func forceKey() { raw.pointee.pict_type = AV_PICTURE_TYPE_I }

    /// Asks the next encoder to predict it from earlier pictures alone (a P picture).
    public func forcePredicted() { raw.pointee.pict_type = AV_PICTURE_TYPE_P }

    /// What the decoder found written beside the picture: EXIF tags of a JPEG by their names (`Orientation`) …
    public var metadata: [String: String] { dictionary(raw.pointee.metadata) }
}

// MARK: Of pictures

extension Frame {
    public var size: Size { Size(width: Int(raw.pointee.width), height: Int(raw.pointee.height)) }
    /// `nil` of sound.
    public var pixelFormat: PixelFormat? {
        raw.pointee.width > 0 ? PixelFormat(AVPixelFormat(raw.pointee.format)) : nil
    }
    public var isInterlaced: Bool { raw.pointee.interlaced_frame != 0 }
    /// Width of a pixel over its height; `nil` where it is not said.
    public var sampleAspectRatio: Rational? {
        get { Rational(raw.pointee.sample_aspect_ratio) }
        nonmutating set { raw.pointee.sample_aspect_ratio = newValue?.ffmpeg ?? AVRational(num: 0, den: 1) }
    }
    /// Whether samples use all their values, tagged or by the format's name; `nil` where it is not said.
    public var isFullRange: Bool? {
        if raw.pointee.color_range == AVCOL_RANGE_JPEG || pixelFormat?.isFullRangeByName == true { return true }
        return raw.pointee.color_range == AVCOL_RANGE_MPEG ? false : nil
    }

    /// What red and blue weigh in luma: as tagged; where that is not said, as players guess by the height (ITU-R BT.601
    /// below 720 rows, else BT.709), and of high dynamic range as ITU-R BT.2100 has it.
    public var lumaWeights: (red: Double, blue: Double) {
        switch raw.pointee.colorspace {
        case AVCOL_SPC_BT709: (0.2126, 0.0722)
        case AVCOL_SPC_BT470BG, AVCOL_SPC_SMPTE170M: (0.299, 0.114)
        case AVCOL_SPC_FCC: (0.30, 0.11)
        case AVCOL_SPC_SMPTE240M: (0.212, 0.087)
        case AVCOL_SPC_BT2020_NCL, AVCOL_SPC_BT2020_CL: (0.2627, 0.0593)
        case AVCOL_SPC_UNSPECIFIED where highDynamicRange != nil: (0.2627, 0.0593)
        default: raw.pointee.height < 720 ? (0.299, 0.114) : (0.2126, 0.0722)
        }
    }
    /// The curve for high dynamic range by which its samples stand for light (ITU-R BT.2100); `nil` where it is another,
    /// or is not said.
    public var highDynamicRange: HighDynamicRange? {
        switch raw.pointee.color_trc {
        case AVCOL_TRC_SMPTE2084: .perceptualQuantizer
        case AVCOL_TRC_ARIB_STD_B67: .hybridLogGamma
        default: nil
        }
    }
    /// Whether its planes hold intensity and its own colour differences (ICtCp of ITU-R BT.2100), of which red, green and
    /// blue do not come by weights.
    public var isICtCp: Bool { raw.pointee.colorspace == AVCOL_SPC_ICTCP }

    /// The colour tags of another frame.
    public func copyColor(from other: borrowing Frame) {
        raw.pointee.color_primaries = other.raw.pointee.color_primaries
        raw.pointee.color_trc = other.raw.pointee.color_trc
        raw.pointee.colorspace = other.raw.pointee.colorspace
        raw.pointee.color_range = other.raw.pointee.color_range
    }
}

// MARK: Of sound

extension Frame {
    /// Samples of each channel.
    public var sampleCount: Int { Int(raw.pointee.nb_samples) }
    /// Per second.
    public var sampleRate: Int { Int(raw.pointee.sample_rate) }
    public var channels: Int { Int(raw.pointee.ch_layout.nb_channels) }
    /// The layout by its usual name (`stereo`, `5.1`), as filter graphs are told of it.
    public var channelLayout: String { ChannelLayout.name(of: &raw.pointee.ch_layout) }
    /// The channels in their order, by their usual short names (`FL`, `FR`, `FC`, `LFE` …); empty names where the layout
    /// has none.
    public var channelNames: [String] { ChannelLayout.channelNames(of: &raw.pointee.ch_layout) }
    /// `nil` of pictures.
    public var sampleFormat: SampleFormat? {
        raw.pointee.nb_samples > 0 ? SampleFormat(AVSampleFormat(raw.pointee.format)) : nil
    }
}
