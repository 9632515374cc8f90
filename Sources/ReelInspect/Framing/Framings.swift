internal import ReelMedia
internal import ReelModel

/// Which framing is followed in which kind of stream.
enum Framings {
    static func framing(of stream: StreamInfo, _ demuxer: borrowing Demuxer) -> (any CodedFraming)? {
        guard stream.kind == .video || stream.kind == .audio, !stream.isAttachedPicture,
            !demuxer.isEncrypted(stream: stream.index)
        else { return nil }
        let codec = stream.codec
        let hasOwnHeaders = demuxer.formatName == "aac" || demuxer.formatName == "mpegts"
        return demuxer.withConfiguration(of: stream.index) { bytes -> (any CodedFraming)? in
            let configuration = CodedBytes(bytes)
            return switch codec {
            case "h264": H264Framing(configuration: configuration)
            case "hevc": HEVCFraming(configuration: configuration)
            case "av1": AV1Framing()
            case "vp8": VP8Framing()
            case "vp9": VP9Framing()
            case "mpeg1video", "mpeg2video": MPEGVideoFraming()
            case "aac": hasOwnHeaders ? ADTSFraming() : AACFraming(configuration: configuration)
            case "mp1", "mp2", "mp3": MPEGAudioFraming()
            case "ac3", "eac3": AC3Framing()
            case _: nil
            }
        }
    }

    /// Codecs of which no packet holds a long run of zeros: the bits are used up to their last. Others store zeros
    /// for black or silence, or fill their pictures up to a size.
    static func isDense(_ codec: String) -> Bool { dense.contains(codec) }

    private static let dense: Set<String> = [
        "h264", "hevc", "av1", "vp8", "vp9", "mpeg1video", "mpeg2video", "mpeg4", "aac", "mp1", "mp2", "mp3", "opus",
        "vorbis", "ac3", "eac3",
    ]

    /// Whether this stream may have zeros before a start code, as MPEG-1 and MPEG-2 and streams of annex B may.
    static func mayBeFilled(_ stream: StreamInfo, _ demuxer: borrowing Demuxer) -> Bool {
        switch stream.codec {
        case "mpeg1video", "mpeg2video", "mpeg4": true
        case "h264", "hevc": ["mpegts", "mpeg", "h264", "hevc", "avi"].contains(demuxer.formatName)
        case _: false
        }
    }

    /// Whether the bit stream tells where decoding can begin better than the container does.
    static func tellsEntries(_ codec: String) -> Bool { codec == "h264" || codec == "hevc" }
}
