internal import CFFmpeg
public import ReelModel

/// A container, being written over a descriptor that stays the caller's and is open for reading too (moving the index to
/// the front reads back what was written). Order of calls: streams, `start`, packets, `finish`.
public struct Muxer: ~Copyable {
    private let raw: UnsafeMutablePointer<AVFormatContext>
    private let owner: ContextOwner
    private let io: DescriptorIO
    private let error: MediaError

    /// - Parameters:
    ///   - format: by the library's name: `mp4`, `ipod` (M4A), `matroska`, `mov` …
    ///   - name: the output's, for messages.
    public init(
        descriptor: CInt, name: String, format: String, cancellation: Cancellation? = nil
    ) throws(Failure) {
        guard let io = DescriptorIO(descriptor, writing: true, cancellation: cancellation) else {
            throw Failure.noMemory(name)
        }
        let owner = ContextOwner(reopenable: io)
        let error = MediaError(subject: name, log: owner.log, kind: .notDone)
        var context: UnsafeMutablePointer<AVFormatContext>?
        // The address by which the container asks to open its own output again; it leads nowhere else.
        let result = avformat_alloc_output_context2(&context, nil, format, "output")
        guard result >= 0, let context else { throw error.failure(result, "avformat_alloc_output_context2") }
        owner.confine(context)
        context.pointee.pb = io.context
        context.pointee.flags |= AVFMT_FLAG_CUSTOM_IO
        self.raw = context
        self.owner = owner
        self.io = io
        self.error = error
    }

    deinit {
        avformat_free_context(raw)
        withExtendedLifetime((owner, io)) {}
    }

    /// Whether the container wants parameter sets in its own header: `VideoEncoding.globalHeader`.
    public var wantsGlobalHeader: Bool { raw.pointee.oformat.pointee.flags & AVFMT_GLOBALHEADER != 0 }

    /// Adds the stream that an encoder makes; its index.
    public func addStream(_ encoder: borrowing Encoder) throws(Failure) -> Int {
        let stream = try error.check(avformat_new_stream(raw, nil), "avformat_new_stream")
        try error.check(
            avcodec_parameters_from_context(stream.pointee.codecpar, encoder.raw), "avcodec_parameters_from_context")
        stream.pointee.time_base = encoder.raw.pointee.time_base
        stream.pointee.avg_frame_rate = encoder.raw.pointee.framerate
        stream.pointee.sample_aspect_ratio = encoder.raw.pointee.sample_aspect_ratio
        return Int(stream.pointee.index)
    }

    /// Adds a stream that was coded before; its index.
    public func addStream(_ coded: CodedStream) throws(Failure) -> Int {
        let stream = try error.check(avformat_new_stream(raw, nil), "avformat_new_stream")
        try error.check(coded.describe(stream), "avcodec_parameters_copy")
        return Int(stream.pointee.index)
    }

    /// Adds a stream of timed text (3GPP TS 26.245), which no encoder of the library's makes; its index.
    /// - Parameters:
    ///   - configuration: the sample description behind its common part.
    ///   - language: by three letters (ISO 639-2); `nil` is not said.
    public func addText(configuration: [UInt8], timeBase: Rational, language: String?) throws(Failure) -> Int {
        let stream = try error.check(avformat_new_stream(raw, nil), "avformat_new_stream")
        stream.pointee.codecpar.pointee.codec_type = AVMEDIA_TYPE_SUBTITLE
        stream.pointee.codecpar.pointee.codec_id = AV_CODEC_ID_MOV_TEXT
        stream.pointee.time_base = timeBase.ffmpeg
        if let language { av_dict_set(&stream.pointee.metadata, "language", language, 0) }
        let index = Int(stream.pointee.index)
        try setConfiguration(configuration, of: index)
        return index
    }

    /// Adds a stream that is copied as it is coded, with its rotation, language and purpose; its index.
    public func addStream(copying index: Int, of demuxer: borrowing Demuxer) throws(Failure) -> Int {
        let source = try demuxer.requireStream(index)
        let stream = try error.check(avformat_new_stream(raw, nil), "avformat_new_stream")
        try error.check(
            avcodec_parameters_copy(stream.pointee.codecpar, source.pointee.codecpar), "avcodec_parameters_copy")
        // The other container may call the codec by another four characters.
        stream.pointee.codecpar.pointee.codec_tag = 0
        stream.pointee.time_base = source.pointee.time_base
        stream.pointee.avg_frame_rate = source.pointee.avg_frame_rate
        stream.pointee.r_frame_rate = source.pointee.r_frame_rate
        stream.pointee.sample_aspect_ratio = source.pointee.sample_aspect_ratio
        stream.pointee.disposition = source.pointee.disposition
        av_dict_copy(&stream.pointee.metadata, source.pointee.metadata, 0)
        for place in 0..<Int(source.pointee.nb_side_data) {
            let data = source.pointee.side_data[place]
            guard let copy = av_stream_new_side_data(stream, data.type, data.size) else {
                throw error.failure(reel_averror_no_memory, "av_stream_new_side_data")
            }
            copy.update(from: data.data, count: data.size)
        }
        return Int(stream.pointee.index)
    }

    /// Sets a stream's decoder up with these bytes instead of those that it came with.
    public func setConfiguration(_ bytes: [UInt8], of stream: Int) throws(Failure) {
        guard let parameters = outputStream(stream)?.pointee.codecpar else { return }
        let room = bytes.count + Int(AV_INPUT_BUFFER_PADDING_SIZE)
        guard let count = CInt(exactly: bytes.count), let copy = av_mallocz(room) else {
            throw Failure.noMemory("a decoder's configuration")
        }
        copy.copyMemory(from: bytes, byteCount: bytes.count)
        av_freep(&parameters.pointee.extradata)
        parameters.pointee.extradata = copy.assumingMemoryBound(to: UInt8.self)
        parameters.pointee.extradata_size = count
    }

    /// Proposes the unit of a stream's times, before the file is started.
    public func setTimeBase(_ unit: Rational, of stream: Int) {
        guard let stream = outputStream(stream) else { return }
        stream.pointee.time_base = unit.ffmpeg
    }

    /// Calls a stream's codec by these four characters, where the container has several names for it (`hvc1`).
    public func setCodecTag(_ tag: String, of stream: Int) {
        let bytes = Array(tag.utf8)
        guard bytes.count == 4, let stream = outputStream(stream) else { return }
        stream.pointee.codecpar.pointee.codec_tag = bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Notes something about the whole file: `title`, `encoder` …
    public func setMetadata(_ key: String, _ value: String) { av_dict_set(&raw.pointee.metadata, key, value, 0) }

    /// Writes the header. Same streams, same options, same bytes.
    /// - Parameter options: of the container, by the library's names: `movflags`: `+faststart` …
    public func start(options: [String: String] = [:]) throws(Failure) {
        raw.pointee.flags |= AVFMT_FLAG_BITEXACT
        var options = OptionDictionary(options)
        try error.check(avformat_write_header(raw, &options.raw), "avformat_write_header")
        try options.requireEmpty(error, "avformat_write_header")
    }

    /// Of a stream's packets in the file, known after `start`.
    public func timeBase(of stream: Int) -> Rational {
        outputStream(stream).flatMap { Rational($0.pointee.time_base) } ?? .microsecond
    }

    /// Writes a packet, whose times are in `timeBase`, in its place among those of the other streams. The packet is
    /// empty afterwards.
    public func write(_ packet: borrowing Packet, to stream: Int, timeBase: Rational) throws(Failure) {
        packet.raw.pointee.stream_index = CInt(clamping: stream)
        packet.raw.pointee.pos = -1
        packet.rescale(from: timeBase, to: self.timeBase(of: stream))
        try error.check(av_interleaved_write_frame(raw, packet.raw), "av_interleaved_write_frame")
    }

    /// Writes a packet, whose times are in `timeBase`, right behind what was written last: the order of the streams is
    /// the caller's. The packet is empty afterwards.
    public func append(_ packet: borrowing Packet, to stream: Int, timeBase: Rational) throws(Failure) {
        packet.raw.pointee.stream_index = CInt(clamping: stream)
        packet.raw.pointee.pos = -1
        packet.rescale(from: timeBase, to: self.timeBase(of: stream))
        let result = av_write_frame(raw, packet.raw)
        packet.clear()
        try error.check(result, "av_write_frame")
    }

    /// Bytes of the file so far.
    public var bytes: Int64 { max(avio_seek(io.context, 0, SEEK_CUR), 0) }

    /// Writes what is held back, and the index.
    public func finish() throws(Failure) {
        try error.check(av_write_trailer(raw), "av_write_trailer")
        avio_flush(io.context)
        try error.check(io.context.pointee.error, "avio_flush")
    }

    private func outputStream(_ index: Int) -> UnsafeMutablePointer<AVStream>? {
        index >= 0 && index < Int(raw.pointee.nb_streams) ? raw.pointee.streams[index] : nil
    }
}
