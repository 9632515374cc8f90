/// FFmpeg's names of the codings that sample entries name by four characters.
enum CodecNames {
    static let video: [String: String] = [
        "avc1": "h264", "avc2": "h264", "avc3": "h264", "avc4": "h264", "dva1": "h264", "dvav": "h264", "H264": "h264",
        "hvc1": "hevc", "hev1": "hevc", "dvh1": "hevc", "dvhe": "hevc", "hvc2": "hevc",
        "vvc1": "vvc", "vvi1": "vvc",
        "av01": "av1", "dav1": "av1", "vp08": "vp8", "vp09": "vp9", "VP80": "vp8", "VP90": "vp9",
        "mp4v": "mpeg4", "XVID": "mpeg4", "DIVX": "mpeg4", "DX50": "mpeg4", "FMP4": "mpeg4", "3IV2": "mpeg4",
        "s263": "h263", "h263": "h263", "H263": "h263",
        "m1v1": "mpeg1video", "mpg1": "mpeg1video", "m2v1": "mpeg2video", "mp2v": "mpeg2video", "mpg2": "mpeg2video",
        "jpeg": "mjpeg", "mjpa": "mjpeg", "mjpb": "mjpegb", "MJPG": "mjpeg", "dmb1": "mjpeg", "png ": "png",
        "mjp2": "jpeg2000", "apcn": "prores", "apch": "prores", "apcs": "prores", "apco": "prores", "ap4h": "prores",
        "ap4x": "prores", "AVdn": "dnxhd", "AVdh": "dnxhd", "CFHD": "cfhd", "FFV1": "ffv1", "icod": "aic",
        "SVQ1": "svq1", "SVQ3": "svq3", "cvid": "cinepak", "rle ": "qtrle", "rpza": "rpza", "smc ": "smc",
        "raw ": "rawvideo", "2vuy": "rawvideo", "yuv2": "rawvideo", "v210": "v210", "v308": "v308", "v408": "v408",
        "Hap1": "hap", "Hap5": "hap", "HapY": "hap", "dvc ": "dvvideo", "dvcp": "dvvideo", "dvpp": "dvvideo",
        "dv5n": "dvvideo", "dv5p": "dvvideo", "dvhq": "dvvideo", "dvhp": "dvvideo",
    ]

    static let proresProfiles: [String: String] = [
        "apco": "Proxy", "apcs": "LT", "apcn": "Standard", "apch": "HQ", "ap4h": "4444", "ap4x": "XQ",
    ]

    /// Subtitles and data.
    static let other: [String: String] = [
        "tx3g": "mov_text", "text": "mov_text", "c608": "eia_608", "wvtt": "webvtt", "stpp": "ttml", "tmcd": "tmcd",
        "gpmd": "gpmd", "mebx": "mebx", "rtp ": "rtp",
    ]

    private static let plainSound: [String: String] = [
        "mp4a": "aac", ".mp3": "mp3", "ms\0U": "mp3", "ac-3": "ac3", "ec-3": "eac3", "ac-4": "ac4", "alac": "alac",
        "fLaC": "flac", "Opus": "opus", "samr": "amr_nb", "sawb": "amr_wb", "ulaw": "pcm_mulaw", "alaw": "pcm_alaw",
        "dtsc": "dts", "dtsh": "dts", "dtsl": "dts", "dtse": "dts", "mlpa": "truehd", "QDM2": "qdm2", "QDMC": "qdmc",
        "ima4": "adpcm_ima_qt", "MAC3": "mace3", "MAC6": "mace6", "agsm": "gsm", "in24": "pcm_s24be",
        "in32": "pcm_s32be", "fl32": "pcm_f32be", "fl64": "pcm_f64be", "raw ": "pcm_u8", "NONE": "pcm_u8",
        "mha1": "mpegh_3d_audio", "mhm1": "mpegh_3d_audio",
    ]

    /// - Parameter linearFlags: of QuickTime's `lpcm`: 1 float, 2 big-endian, 4 signed.
    static func sound(_ format: String, bits: Int, linearFlags: Int?) -> String? {
        switch format {
        case "sowt": return bits == 8 ? "pcm_s8" : linear(bits, "s", "le")
        case "twos": return bits == 8 ? "pcm_s8" : linear(bits, "s", "be")
        case "lpcm":
            guard let flags = linearFlags else { return nil }
            let end = flags & 2 != 0 ? "be" : "le"
            if flags & 1 != 0 { return bits == 64 ? "pcm_f64" + end : "pcm_f32" + end }
            if bits == 8 { return flags & 4 != 0 ? "pcm_s8" : "pcm_u8" }
            return linear(bits, flags & 4 != 0 ? "s" : "u", end)
        default: return plainSound[format]
        }
    }

    private static func linear(_ bits: Int, _ sign: String, _ end: String) -> String? {
        [16, 24, 32].contains(bits) ? "pcm_\(sign)\(bits)\(end)" : nil
    }
}
