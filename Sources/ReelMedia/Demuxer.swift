internal import CFFmpeg
public import ReelModel

/// A container, open for reading over a descriptor that stays the caller's.
public struct Demuxer: ~Copyable {
    let raw: UnsafeMutablePointer<AVFormatContext>
    private let owner: ContextOwner
    private let io: DescriptorIO
    let error: MediaError

    /// What reading the next packet came to.
    public enum Step: Sendable, Hashable {
        case packet
        case end
    }

    /// Opens a container of one of the allowed types; its type is told by its content alone. `name` is for messages.
    /// - Parameter options: of the container's own, by the library's names.
    public init(
        descriptor: CInt, name: String, options: [String: String] = [:], cancellation: Cancellation? = nil
    ) throws(Failure) {
        guard let io = DescriptorIO(descriptor, writing: false, cancellation: cancellation) else {
            throw Failure.noMemory(name)
        }
        let owner = ContextOwner()
        let error = MediaError(subject: name, log: owner.log, kind: .unreadable)
        var context: UnsafeMutablePointer<AVFormatContext>? = try error.check(
            avformat_alloc_context(), "avformat_alloc_context")
        if let context {
            owner.confine(context)
            context.pointee.pb = io.context
            context.pointee.format_whitelist = av_strdup(AllowedDemuxers.list)
            context.pointee.protocol_whitelist = av_strdup("")
        }
        var options = OptionDictionary(options)
        // Without a name: an extension must not decide what the content is, and a pattern in it must not be followed.
        // Where this fails, the library has freed the context.
        let result = avformat_open_input(&context, "", nil, &options.raw)
        guard result >= 0, let context else { throw error.failure(result, "avformat_open_input") }
        do throws(Failure) {
            try options.requireEmpty(error, "avformat_open_input")
        } catch {
            var closed: UnsafeMutablePointer<AVFormatContext>? = context
            avformat_close_input(&closed)
            throw error
        }
        self.raw = context
        self.owner = owner
        self.io = io
        self.error = error
    }

    deinit {
        var closed: UnsafeMutablePointer<AVFormatContext>? = raw
        avformat_close_input(&closed)
        withExtendedLifetime((owner, io)) {}
    }

    /// Reads some packets to learn what the headers do not tell. They will be read again.
    public func findStreamInfo() throws(Failure) {
        try error.check(avformat_find_stream_info(raw, nil), "avformat_find_stream_info")
    }

    /// What the container told so far; streams can turn up while packets are read.
    public var streams: [StreamInfo] {
        (0..<Int(raw.pointee.nb_streams)).compactMap { raw.pointee.streams[$0].map(StreamInfo.init) }
    }

    /// The stream that a player would show or play, of this kind.
    public func bestStream(_ kind: StreamInfo.Kind) -> StreamInfo? {
        let type: AVMediaType =
            switch kind {
            case .video: AVMEDIA_TYPE_VIDEO
            case .audio: AVMEDIA_TYPE_AUDIO
            case .subtitle: AVMEDIA_TYPE_SUBTITLE
            case .data: AVMEDIA_TYPE_DATA
            case .attachment: AVMEDIA_TYPE_ATTACHMENT
            case .other: AVMEDIA_TYPE_UNKNOWN
            }
        let index = av_find_best_stream(raw, type, -1, -1, nil, 0)
        return stream(Int(index)).map(StreamInfo.init)
    }

    /// The container by the library's name, which may be of several: `mov,mp4,m4a,3gp,3g2,mj2`.
    public var formatName: String { String(cString: raw.pointee.iformat.pointee.name) }
    /// Of the whole file.
    public var metadata: [String: String] { dictionary(raw.pointee.metadata) }
    /// Seconds; `nil` where the container does not tell.
    public var duration: Double? {
        timeStamp(raw.pointee.duration).flatMap { $0 > 0 ? Rational.microsecond.seconds($0) : nil }
    }
    /// Seconds at which the earliest stream starts; `nil` where it is not known.
    public var start: Double? { timeStamp(raw.pointee.start_time).map { Rational.microsecond.seconds($0) } }
    /// Bits per second, of the whole file; `nil` where it is not known.
    public var bitRate: Int64? { raw.pointee.bit_rate > 0 ? raw.pointee.bit_rate : nil }
    /// Bytes read so far, or where reading stands: for progress.
    public var position: Int64 { max(avio_seek(io.context, 0, SEEK_CUR), 0) }
    /// The file's length in bytes.
    public var length: Int64? { io.length }

    /// Leaves out the packets of every stream but these.
    public func select(streams indexes: Set<Int>) {
        for index in 0..<Int(raw.pointee.nb_streams) {
            raw.pointee.streams[index]?.pointee.discard = indexes.contains(index) ? AVDISCARD_DEFAULT : AVDISCARD_ALL
        }
    }

    /// How many packets of a stream the container's own index lists so far; `nil` where the type of container has no
    /// index that lists them all. Of a file with movie fragments it grows while fragments are read.
    public func indexedPackets(of index: Int) -> Int? {
        guard formatName.hasPrefix("mov,"), let stream = stream(index) else { return nil }
        return Int(avformat_index_get_entries_count(stream))
    }

    /// Reads the next packet of any stream. After a failure reading may go on, a damaged part having been passed over.
    public func read(into packet: borrowing Packet) throws(Failure) -> Step {
        var result: CInt
        repeat {
            packet.clear()
            result = av_read_frame(raw, packet.raw)
            // Packets that were read ahead of `select` come out all the same.
        } while result >= 0 && stream(packet.stream)?.pointee.discard == AVDISCARD_ALL
        if result == reel_averror_eof {
            // A device's error looks like the end of the file to some demuxers.
            if let broken = raw.pointee.pb?.pointee.error, broken < 0, broken != reel_averror_eof {
                throw error.failure(broken, "av_read_frame")
            }
            return .end
        }
        try error.check(result, "av_read_frame")
        return .packet
    }

    /// Goes to the last key frame at or before a time, in seconds from the file's own zero. Decoders have to be flushed.
    public func seek(toSeconds seconds: Double) throws(Failure) {
        let microseconds = (seconds * Double(AV_TIME_BASE)).rounded()
        let target = microseconds.isFinite ? Int64(min(max(microseconds, -0x1p62), 0x1p62)) : 0
        try error.check(avformat_seek_file(raw, -1, .min, target, target, 0), "avformat_seek_file")
    }

    /// The errors that the library logged since this was called last: damage that it read over.
    public func takeErrors() -> [LoggedLine] { owner.log.takeErrors() }

    func stream(_ index: Int) -> UnsafeMutablePointer<AVStream>? {
        index >= 0 && index < Int(raw.pointee.nb_streams) ? raw.pointee.streams[index] : nil
    }

    /// The stream, or the failure that says that there is none.
    func requireStream(_ index: Int) throws(Failure) -> UnsafeMutablePointer<AVStream> {
        guard let stream = stream(index) else {
            throw Failure(
                .unreadable, subject: error.subject, problem: "it has no stream \(index)",
                remedy: "Name one of its \(raw.pointee.nb_streams) streams")
        }
        return stream
    }
}
