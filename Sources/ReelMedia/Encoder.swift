internal import CFFmpeg
public import ReelModel

/// What an encoder of pictures is asked for.
public struct VideoEncoding: Sendable, Hashable {
    /// By the library's name: `libx264`, `mjpeg`, `png` …
    public var codec: String
    public var size: Size
    public var pixelFormat: PixelFormat
    /// Of the frames that will be sent, and of the packets that come.
    public var timeBase: Rational
    /// `nil` where frames have no common length.
    public var frameRate: Rational?
    public var sampleAspectRatio: Rational?
    /// Bits per second; `nil` where the options say how.
    public var bitRate: Int64?
    /// Whether the container wants the parameter sets in its own header, as MP4 and Matroska do.
    public var globalHeader: Bool
    /// By the library's names, the codec's own (`preset`, `crf`, `stats`) and the common ones (`g`, `flags`: `+pass1`).
    public var options: [String: String]
    /// Names of ITU-T H.273 as the library spells them; `nil` is not tagged.
    public var color: ColorTags

    public init(
        codec: String, size: Size, pixelFormat: PixelFormat, timeBase: Rational, frameRate: Rational? = nil,
        sampleAspectRatio: Rational? = nil, bitRate: Int64? = nil, globalHeader: Bool = true,
        options: [String: String] = [:], color: ColorTags = ColorTags()
    ) {
        self.codec = codec
        self.size = size
        self.pixelFormat = pixelFormat
        self.timeBase = timeBase
        self.frameRate = frameRate
        self.sampleAspectRatio = sampleAspectRatio
        self.bitRate = bitRate
        self.globalHeader = globalHeader
        self.options = options
        self.color = color
    }
}

/// How samples map to colour, in the names of ITU-T H.273 as the library spells them.
public struct ColorTags: Sendable, Hashable {
    public var primaries: String?
    public var transfer: String?
    public var matrix: String?
    /// `tv` or `pc`.
    public var range: String?

    public init(primaries: String? = nil, transfer: String? = nil, matrix: String? = nil, range: String? = nil) {
        self.primaries = primaries
        self.transfer = transfer
        self.matrix = matrix
        self.range = range
    }

    /// What high definition is (ITU-R BT.709), in limited range.
    public static let bt709 = ColorTags(primaries: "bt709", transfer: "bt709", matrix: "bt709", range: "tv")
}

/// What an encoder of sound is asked for.
public struct AudioEncoding: Sendable, Hashable {
    /// By the library's name: `aac`, `flac` …
    public var codec: String
    /// Per second.
    public var sampleRate: Int
    public var channels: Int
    public var sampleFormat: SampleFormat
    /// Bits per second.
    public var bitRate: Int64?
    /// Whether the container wants the configuration in its own header, as MP4 and Matroska do.
    public var globalHeader: Bool
    public var options: [String: String]

    public init(
        codec: String = "aac", sampleRate: Int, channels: Int, sampleFormat: SampleFormat = .fltp,
        bitRate: Int64? = nil, globalHeader: Bool = true, options: [String: String] = [:]
    ) {
        self.codec = codec
        self.sampleRate = sampleRate
        self.channels = channels
        self.sampleFormat = sampleFormat
        self.bitRate = bitRate
        self.globalHeader = globalHeader
        self.options = options
    }
}

/// An encoder of one stream.
public struct Encoder: ~Copyable {
    let raw: UnsafeMutablePointer<AVCodecContext>
    private let owner: ContextOwner
    private let error: MediaError

    public enum Sent: Sendable, Hashable {
        case accepted
        /// Packets have to be received before the same frame is sent again.
        case full
    }

    public enum Received: Sendable, Hashable {
        case packet
        case needsFrame
        /// After the end was sent: no packet is left.
        case end
    }

    /// Opens an encoder of pictures. `name` is the output's, for messages.
    public init(
        _ encoding: VideoEncoding, name: String, threads: Int = 0
    ) throws(Failure) {
        let options = encoding.codec == "libx264" ? X264Vectors.limit(encoding.options) : encoding.options
        try self.init(codec: encoding.codec, name: name, options: options) { context in
            context.width = CInt(clamping: encoding.size.width)
            context.height = CInt(clamping: encoding.size.height)
            context.pix_fmt = encoding.pixelFormat.raw
            context.time_base = encoding.timeBase.ffmpeg
            if let rate = encoding.frameRate { context.framerate = rate.ffmpeg }
            if let ratio = encoding.sampleAspectRatio { context.sample_aspect_ratio = ratio.ffmpeg }
            if let rate = encoding.bitRate { context.bit_rate = rate }
            if encoding.globalHeader { context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER }
            context.thread_count = CInt(clamping: threads)
            encoding.color.apply(to: &context)
        }
    }

    /// Opens an encoder of sound. `name` is the output's, for messages.
    public init(_ encoding: AudioEncoding, name: String) throws(Failure) {
        try self.init(codec: encoding.codec, name: name, options: encoding.options) { context in
            context.sample_rate = CInt(clamping: encoding.sampleRate)
            context.sample_fmt = encoding.sampleFormat.raw
            context.time_base = AVRational(num: 1, den: CInt(clamping: encoding.sampleRate))
            av_channel_layout_default(&context.ch_layout, CInt(clamping: encoding.channels))
            if let rate = encoding.bitRate { context.bit_rate = rate }
            if encoding.globalHeader { context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER }
        }
    }

    private init(
        codec name: String, name subject: String, options: [String: String], _ configure: (inout AVCodecContext) -> Void
    ) throws(Failure) {
        let owner = ContextOwner()
        let error = MediaError(subject: subject, log: owner.log, kind: .notDone)
        guard let codec = avcodec_find_encoder_by_name(name) else {
            throw Failure(
                .notDone, subject: subject, problem: "there is no encoder called \(name)",
                remedy: "Install the FFmpeg libraries with it")
        }
        let context = try error.check(avcodec_alloc_context3(codec), "avcodec_alloc_context3")
        do throws(Failure) {
            context.pointee.opaque = owner.opaque
            configure(&context.pointee)
            var options = OptionDictionary(options)
            try error.check(avcodec_open2(context, codec, &options.raw), "avcodec_open2 (\(name))")
            try options.requireEmpty(error, "avcodec_open2 (\(name))")
        } catch {
            var freed: UnsafeMutablePointer<AVCodecContext>? = context
            avcodec_free_context(&freed)
            throw error
        }
        self.raw = context
        self.owner = owner
        self.error = error
    }

    deinit {
        var freed: UnsafeMutablePointer<AVCodecContext>? = raw
        avcodec_free_context(&freed)
        withExtendedLifetime(owner) {}
    }

    /// Of the packets that come.
    public var timeBase: Rational { Rational(raw.pointee.time_base) ?? .microsecond }
    /// Samples that each frame of sound must have, the last one excepted; `nil` where any number will do.
    public var frameSize: Int? { raw.pointee.frame_size > 0 ? Int(raw.pointee.frame_size) : nil }
    /// Samples that the encoder puts before the first one; a container with edit lists cuts them off again.
    public var initialPadding: Int { Int(raw.pointee.initial_padding) }

    /// Sets the constant rate factor of an encoder that was opened with one (`crf` of `libx264`). It holds from the next
    /// picture on that the encoder begins to code.
    public func setRateFactor(_ factor: Double) { av_opt_set_double(raw.pointee.priv_data, "crf", factor, 0) }

    /// Hands the encoder a frame, whose time is in `timeBase`.
    public func send(_ frame: borrowing Frame) throws(Failure) -> Sent { try sent(avcodec_send_frame(raw, frame.raw)) }

    /// Says that there are no more frames, so that the packets that are held back come out.
    public func sendEnd() throws(Failure) -> Sent { try sent(avcodec_send_frame(raw, nil)) }

    /// The next packet, if there is one.
    public func receive(into packet: borrowing Packet) throws(Failure) -> Received {
        let result = avcodec_receive_packet(raw, packet.raw)
        if result == reel_averror_again { return .needsFrame }
        if result == reel_averror_eof { return .end }
        try error.check(result, "avcodec_receive_packet")
        return .packet
    }

    /// Sends a frame and hands on every packet that comes out of it.
    public func encode(
        _ frame: borrowing Frame, into packet: borrowing Packet, _ each: (borrowing Packet) throws(Failure) -> Void
    ) throws(Failure) {
        while try send(frame) == .full { try drain(into: packet, each) }
        try drain(into: packet, each)
    }

    /// Sends the end and hands on every packet that was held back.
    public func finish(
        into packet: borrowing Packet, _ each: (borrowing Packet) throws(Failure) -> Void
    ) throws(Failure) {
        while try sendEnd() == .full { try drain(into: packet, each) }
        try drain(into: packet, each)
    }

    private func drain(
        into packet: borrowing Packet, _ each: (borrowing Packet) throws(Failure) -> Void
    ) throws(Failure) {
        while try receive(into: packet) == .packet { try each(packet) }
    }

    private func sent(_ result: CInt) throws(Failure) -> Sent {
        if result == reel_averror_again { return .full }
        if result == reel_averror_eof { return .accepted }
        try error.check(result, "avcodec_send_frame")
        return .accepted
    }
}

extension ColorTags {
    fileprivate func apply(to context: inout AVCodecContext) {
        func number(_ name: String?, _ find: (UnsafePointer<CChar>) -> CInt) -> UInt32? {
            name.flatMap { UInt32(exactly: find($0)) }
        }
        if let value = number(primaries, av_color_primaries_from_name) { context.color_primaries = .init(value) }
        if let value = number(transfer, av_color_transfer_from_name) { context.color_trc = .init(value) }
        if let value = number(matrix, av_color_space_from_name) { context.colorspace = .init(value) }
        if let value = number(range, av_color_range_from_name) { context.color_range = .init(value) }
    }
}
