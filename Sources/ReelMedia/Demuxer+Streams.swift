internal import CFFmpeg
internal import ReelModel

/// What a container holds of a stream besides its packets.
extension Demuxer {
    /// The bytes that a decoder is set up with, in the codec's own form (avcC, AudioSpecificConfig …); empty where there
    /// are none. They must not be kept.
    public func withConfiguration<Result, E: Error>(
        of index: Int, _ body: (UnsafeRawBufferPointer) throws(E) -> Result
    ) throws(E) -> Result {
        guard let parameters = stream(index)?.pointee.codecpar, parameters.pointee.extradata_size > 0 else {
            return try body(UnsafeRawBufferPointer(start: nil, count: 0))
        }
        return try body(
            UnsafeRawBufferPointer(start: parameters.pointee.extradata, count: Int(parameters.pointee.extradata_size)))
    }

    /// Whether the container says that the stream's packets are encrypted.
    public func isEncrypted(stream index: Int) -> Bool {
        guard let stream = stream(index) else { return false }
        return av_stream_get_side_data(stream, AV_PKT_DATA_ENCRYPTION_INIT_INFO, nil) != nil
    }

    /// Whether there is a decoder for a stream's kind of coding; `nil` where that is not known. Kinds of one codec that
    /// its decoder does not have are the caller's to know.
    public func hasDecoder(stream index: Int) -> Bool? {
        guard let codec = stream(index)?.pointee.codecpar.pointee.codec_id, codec != AV_CODEC_ID_NONE else {
            return nil
        }
        return avcodec_find_decoder(codec) != nil
    }

    /// Whether the headers tell all that reading the packets needs, so that none has to be tried beforehand: containers
    /// with an index or a track list of their own, and streams that they describe in full.
    public var headersSuffice: Bool {
        guard formatName.hasPrefix("mov,") || formatName.hasPrefix("matroska,") else { return false }
        let streams = streams
        return !streams.isEmpty
            && streams.allSatisfy { stream in
                switch stream.kind {
                case .video: stream.isAttachedPicture || Self.described.contains(stream.codec) && stream.size != nil
                case .audio: stream.sampleRate != nil && stream.channels != nil && stream.codec != "none"
                case .subtitle, .data, .attachment, .other: true
                }
            }
    }

    /// Codecs whose pictures the front's own readers know from the headers.
    private static let described: Set<String> = ["h264", "hevc", "av1", "vp8", "vp9"]
}
