internal import CFFmpeg
public import ReelModel

/// One piece of a coded stream, owned. The same packet is filled again and again: reading into it lets go of what it
/// held.
public struct Packet: ~Copyable {
    let raw: UnsafeMutablePointer<AVPacket>

    /// An empty packet. Throws only where there is no memory.
    public init() throws(Failure) {
        guard let raw = av_packet_alloc() else { throw Failure.noMemory("a packet") }
        self.raw = raw
    }

    deinit {
        var freed: UnsafeMutablePointer<AVPacket>? = raw
        av_packet_free(&freed)
    }

    /// Lets go of the bytes.
    public func clear() { av_packet_unref(raw) }

    /// The stream's place in the file that it was read from.
    public var stream: Int { Int(raw.pointee.stream_index) }
    /// Bytes.
    public var size: Int { Int(raw.pointee.size) }
    public var isKey: Bool { raw.pointee.flags & AV_PKT_FLAG_KEY != 0 }
    /// Whether the demuxer knows that bytes are missing or wrong.
    public var isCorrupt: Bool { raw.pointee.flags & AV_PKT_FLAG_CORRUPT != 0 }
    /// Whether it is only there to be decoded, not shown: an edit list cuts it off.
    public var isDiscarded: Bool { raw.pointee.flags & AV_PKT_FLAG_DISCARD != 0 }
    /// Whether its bytes are encrypted (ISO/IEC 23001-7).
    public var isEncrypted: Bool {
        av_packet_get_side_data(raw, AV_PKT_DATA_ENCRYPTION_INFO, nil) != nil
    }
    /// Where it begins in the file; `nil` where that is not known.
    public var position: Int64? { raw.pointee.pos < 0 ? nil : raw.pointee.pos }

    /// When it is shown, in its stream's time base.
    public var presentationTime: Int64? {
        get { timeStamp(raw.pointee.pts) }
        nonmutating set { raw.pointee.pts = newValue ?? reel_nopts }
    }
    /// When it is decoded, in its stream's time base.
    public var decodingTime: Int64? {
        get { timeStamp(raw.pointee.dts) }
        nonmutating set { raw.pointee.dts = newValue ?? reel_nopts }
    }
    /// How long it lasts, in its stream's time base; 0 where that is not known.
    public var duration: Int64 {
        get { raw.pointee.duration }
        nonmutating set { raw.pointee.duration = newValue }
    }

    /// Tells its times in another time base.
    public func rescale(from: Rational, to: Rational) { av_packet_rescale_ts(raw, from.ffmpeg, to.ffmpeg) }

    /// The coded bytes; they must not be kept.
    public func withBytes<Result, E: Error>(
        _ body: (UnsafeRawBufferPointer) throws(E) -> Result
    ) throws(E) -> Result {
        try body(UnsafeRawBufferPointer(start: raw.pointee.data, count: max(size, 0)))
    }

    /// Holds a copy of these bytes, without times.
    public func hold(_ bytes: UnsafeRawBufferPointer, isKey: Bool) throws(Failure) {
        av_packet_unref(raw)
        guard let count = CInt(exactly: bytes.count), av_new_packet(raw, count) == 0 else {
            throw Failure.noMemory("a packet")
        }
        if let start = bytes.baseAddress {
            raw.pointee.data.update(from: start.assumingMemoryBound(to: UInt8.self), count: bytes.count)
        }
        if isKey { raw.pointee.flags |= AV_PKT_FLAG_KEY }
    }

    /// Becomes another reference to what `other` holds, for writing one packet twice.
    public func refer(to other: borrowing Packet) throws(Failure) {
        av_packet_unref(raw)
        guard av_packet_ref(raw, other.raw) == 0 else { throw Failure.noMemory("a packet") }
    }
}

extension Failure {
    static func noMemory(_ what: String) -> Failure {
        Failure(
            .notDone, subject: what, problem: "there is no memory for it",
            remedy: "Free some memory, or allow the worker more")
    }
}
