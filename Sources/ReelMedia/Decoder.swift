internal import CFFmpeg
public import ReelModel

/// The decoder of one stream, with as many threads as it likes unless it is told. It does not hold on to its demuxer.
public struct Decoder: ~Copyable {
    let raw: UnsafeMutablePointer<AVCodecContext>
    private let owner: ContextOwner
    private let error: MediaError
    private let isMarking: Bool

    public enum Sent: Sendable, Hashable {
        case accepted
        /// Frames have to be received before the same packet is sent again.
        case full
    }

    public enum Received: Sendable, Hashable {
        case frame
        case needsPacket
        /// After the end was sent: no frame is left.
        case end
    }

    /// How hard the decoder looks for damage.
    public enum Strictness: Sendable, Hashable {
        /// As players do.
        case lenient
        /// Checksums and bit streams are checked; damage is reported and patched up, and decoding goes on.
        case checked
        /// Any damage fails the packet that has it.
        case explode
    }

    /// Pictures larger than this are refused before memory is taken for them: 16384 x 16384.
    public static let maxPixels = 1 << 28

    /// Opens the decoder of a stream.
    /// - Parameters:
    ///   - threads: 0 is as many as the decoder can use, by the number of cores.
    ///   - options: of the decoder, by the library's names.
    public init(
        _ demuxer: borrowing Demuxer, stream index: Int, strictness: Strictness = .lenient, threads: Int = 0,
        options: [String: String] = [:]
    ) throws(Failure) {
        let stream = try demuxer.requireStream(index)
        try self.init(
            stream.pointee.codecpar, timeBase: stream.pointee.time_base, subject: demuxer.error.subject, stream: index,
            strictness, threads, options)
    }

    /// Opens the decoder of what was coded here. `name` is for messages.
    public init(_ coded: CodedStream, name: String) throws(Failure) {
        try self.init(
            coded.parameters, timeBase: coded.timeBase.ffmpeg, subject: name, stream: 0, .lenient, 0, [:])
    }

    private init(
        _ parameters: UnsafeMutablePointer<AVCodecParameters>, timeBase: AVRational, subject: String, stream index: Int,
        _ strictness: Strictness, _ threads: Int, _ options: [String: String]
    ) throws(Failure) {
        let owner = ContextOwner()
        let error = MediaError(subject: subject, log: owner.log, kind: .unreadable)
        guard let codec = avcodec_find_decoder(parameters.pointee.codec_id) else {
            let name = String(cString: avcodec_get_name(parameters.pointee.codec_id))
            throw Failure(
                .unreadable, subject: error.subject, problem: "there is no decoder for its stream \(index) (\(name))",
                remedy: "Convert it to H.264 and AAC first")
        }
        let context = try error.check(avcodec_alloc_context3(codec), "avcodec_alloc_context3")
        let isMarking = strictness != .lenient && UndecodedMark.codecs.contains(codec.pointee.id.rawValue)
        do throws(Failure) {
            try error.check(avcodec_parameters_to_context(context, parameters), "avcodec_parameters_to_context")
            context.pointee.opaque = owner.opaque
            context.pointee.pkt_timebase = timeBase
            context.pointee.thread_count = CInt(clamping: threads)
            context.pointee.max_pixels = Int64(Self.maxPixels)
            context.pointee.err_recognition |= strictness.flags
            if isMarking {
                context.pointee.get_buffer2 = { UndecodedMark.markedBuffer($0, $1, $2) }
                reel_allow_any_thread(context)
            }
            var options = OptionDictionary(options)
            try error.check(avcodec_open2(context, codec, &options.raw), "avcodec_open2")
            try options.requireEmpty(error, "avcodec_open2")
        } catch {
            var freed: UnsafeMutablePointer<AVCodecContext>? = context
            avcodec_free_context(&freed)
            throw error
        }
        self.raw = context
        self.owner = owner
        self.error = error
        self.isMarking = isMarking
    }

    /// Whether more than one thread decodes. What is said of damage, and what is made of it, then depends on how many there
    /// are and on which comes first; what is whole comes out the same. Decoders that bring threads of their own leave the
    /// number at 0.
    public var isThreaded: Bool { raw.pointee.thread_count != 1 }

    deinit {
        var freed: UnsafeMutablePointer<AVCodecContext>? = raw
        avcodec_free_context(&freed)
        withExtendedLifetime(owner) {}
    }

    /// Hands the decoder a packet.
    public func send(_ packet: borrowing Packet) throws(Failure) -> Sent {
        // Whatever is logged while this packet is decoded is told with its time.
        raw.pointee.reordered_opaque = packet.presentationTime ?? packet.decodingTime ?? reel_nopts
        return try sent(avcodec_send_packet(raw, packet.raw))
    }

    /// Says that there are no more packets, so that the frames that are held back come out.
    public func sendEnd() throws(Failure) -> Sent { try sent(avcodec_send_packet(raw, nil)) }

    /// The next frame, if there is one. After a failure decoding may go on.
    public func receive(into frame: borrowing Frame) throws(Failure) -> Received {
        let result = avcodec_receive_frame(raw, frame.raw)
        if result == reel_averror_again { return .needsPacket }
        if result == reel_averror_eof { return .end }
        try error.check(result, "avcodec_receive_frame")
        return .frame
    }

    /// Whether a picture that was just received has parts that were never decoded, which the library does not say of HEVC,
    /// VP8 and ProRes. Of other codecs, and where damage is not looked for, `false`.
    public func leftUndecoded(_ frame: borrowing Frame) -> Bool { isMarking && UndecodedMark.remains(in: frame.raw) }

    /// Forgets everything, after a seek.
    public func flush() { avcodec_flush_buffers(raw) }

    /// The errors that the library logged since this was called last, with the times of their packets.
    public func takeErrors() -> [LoggedLine] { owner.log.takeErrors() }

    private func sent(_ result: CInt) throws(Failure) -> Sent {
        if result == reel_averror_again { return .full }
        if result == reel_averror_eof { return .accepted }
        try error.check(result, "avcodec_send_packet")
        return .accepted
    }
}

extension Decoder.Strictness {
    fileprivate var flags: CInt {
        switch self {
        case .lenient: 0
        case .checked: AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER
        case .explode: AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER | AV_EF_EXPLODE
        }
    }
}
