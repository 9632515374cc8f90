internal import ReelModel

/// The format of waveform sound (WAVEFORMATEX), as WAVE, AVI, and Matroska's ACM tracks hold it.
struct WaveFormat {
    let tag: Int
    let channels: Int
    let sampleRate: Int
    /// Bytes per second, on average.
    let byteRate: Int
    let blockSize: Int
    let bits: Int
    /// WAVEFORMATEXTENSIBLE's bits of loudspeakers; `nil` where the format is not extended.
    let mask: Int?
    private let bytes: Bytes

    init?(_ bytes: Bytes, bigEndian: Bool = false) {
        func number16(_ at: Int) -> Int? { bigEndian ? bytes.u16(at) : bytes.le16(at) }
        func number32(_ at: Int) -> Int? { bigEndian ? bytes.u32(at) : bytes.le32(at) }
        guard var tag = number16(0), let channels = number16(2), let sampleRate = number32(4),
            let byteRate = number32(8), let blockSize = number16(12)
        else { return nil }
        // WAVEFORMATEXTENSIBLE: the tag opens the GUID.
        if tag == 0xFFFE, let real = number16(24) {
            tag = real
            mask = number32(20)
        } else {
            mask = nil
        }
        self.tag = tag
        self.channels = channels
        self.sampleRate = sampleRate
        self.byteRate = byteRate
        self.blockSize = blockSize
        self.bits = number16(14) ?? 0
        self.bytes = bytes
        isBigEndian = bigEndian
    }

    private let isBigEndian: Bool

    /// Of a plain format with one channel or two, the usual one.
    var channelLayout: Known<String> {
        guard let mask, mask != 0 else { return ChannelLayout.plain(channels: channels) }
        guard mask.nonzeroBitCount == channels else { return .unknown("its mask names another number of channels") }
        return ChannelLayout.named(mask: mask)
    }

    var isLinear: Bool { tag == 1 || tag == 3 }

    /// FFmpeg's name (the registry of RFC 2361).
    var codec: String? {
        let end = isBigEndian ? "be" : "le"
        switch tag {
        case 1:
            return bits <= 8 ? "pcm_u8" : bits <= 16 ? "pcm_s16" + end : bits <= 24 ? "pcm_s24" + end : "pcm_s32" + end
        case 2: return "adpcm_ms"
        case 3: return (bits == 64 ? "pcm_f64" : "pcm_f32") + end
        case 6: return "pcm_alaw"
        case 7: return "pcm_mulaw"
        case 0x11: return "adpcm_ima_wav"
        case 0x31: return "gsm_ms"
        case 0x50: return "mp2"
        case 0x55: return "mp3"
        case 0xFF, 0x1600, 0x706D: return "aac"
        case 0x160: return "wmav1"
        case 0x161: return "wmav2"
        case 0x162: return "wmapro"
        case 0x2000: return "ac3"
        case 0x2001: return "dts"
        case 0x674F, 0x6750, 0x6751, 0x676F, 0x6770, 0x6771: return "vorbis"
        case 0x704F: return "opus"
        case 0xF1AC: return "flac"
        default: return nil
        }
    }

    /// What AAC carries behind the format.
    var audioSpecificConfig: AudioSpecificConfig? {
        codec == "aac" && bytes.count > 18 ? AudioSpecificConfig(bytes.slice(from: 18)) : nil
    }
}

/// FFmpeg's names of the four characters that AVI names pictures' codings by, in capitals.
enum RIFFCodecs {
    static let video: [String: String] = [
        "H264": "h264", "X264": "h264", "AVC1": "h264", "DAVC": "h264", "VSSH": "h264", "HEVC": "hevc", "H265": "hevc",
        "HVC1": "hevc", "AV01": "av1", "VP80": "vp8", "VP90": "vp9", "VP60": "vp6", "VP61": "vp6", "VP62": "vp6",
        "FMP4": "mpeg4", "DIVX": "mpeg4", "DX50": "mpeg4", "XVID": "mpeg4", "MP4V": "mpeg4", "MP4S": "mpeg4",
        "M4S2": "mpeg4", "3IV2": "mpeg4", "DIV3": "msmpeg4v3", "MP43": "msmpeg4v3", "MP42": "msmpeg4v2",
        "MPG4": "msmpeg4v1", "WMV1": "wmv1", "WMV2": "wmv2", "WMV3": "wmv3", "WVC1": "vc1", "MJPG": "mjpeg",
        "IJPG": "mjpeg", "DMB1": "mjpeg", "MPG1": "mpeg1video", "MPG2": "mpeg2video", "MPEG": "mpeg1video",
        "DVSD": "dvvideo", "DV25": "dvvideo", "DV50": "dvvideo", "CVID": "cinepak", "FFV1": "ffv1", "FFVH": "ffvhuff",
        "HFYU": "huffyuv", "ULY0": "utvideo", "ULRG": "utvideo", "THEO": "theora", "H263": "h263", "MPNG": "png",
        "IV32": "indeo3", "IV41": "indeo4", "IV50": "indeo5", "MSVC": "msvideo1", "CRAM": "msvideo1", "TSCC": "tscc",
        "I420": "rawvideo", "YV12": "rawvideo", "YUY2": "rawvideo", "UYVY": "rawvideo", "V210": "v210",
        "\0\0\0\0": "rawvideo",
    ]
}
