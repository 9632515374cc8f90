/// FFmpeg's names of Matroska's codec identifiers (RFC 9559, 27.2; "Matroska Codec Mappings").
enum MatroskaCodecs {
    private static let plain: [String: String] = [
        "V_MPEG4/ISO/AVC": "h264", "V_MPEGH/ISO/HEVC": "hevc", "V_AV1": "av1", "V_VP8": "vp8", "V_VP9": "vp9",
        "V_MPEG1": "mpeg1video", "V_MPEG2": "mpeg2video", "V_MPEG4/ISO/SP": "mpeg4", "V_MPEG4/ISO/ASP": "mpeg4",
        "V_MPEG4/ISO/AP": "mpeg4", "V_MPEG4/MS/V3": "msmpeg4v3", "V_MJPEG": "mjpeg", "V_THEORA": "theora",
        "V_PRORES": "prores", "V_FFV1": "ffv1", "V_SNOW": "snow", "V_DIRAC": "dirac", "V_UNCOMPRESSED": "rawvideo",
        "A_OPUS": "opus", "A_VORBIS": "vorbis", "A_FLAC": "flac", "A_ALAC": "alac", "A_AC3": "ac3", "A_EAC3": "eac3",
        "A_DTS": "dts", "A_TRUEHD": "truehd", "A_MLP": "mlp", "A_MPEG/L1": "mp1", "A_MPEG/L2": "mp2",
        "A_MPEG/L3": "mp3", "A_TTA1": "tta", "A_WAVPACK4": "wavpack",
        "S_TEXT/UTF8": "subrip", "S_TEXT/ASCII": "subrip", "S_TEXT/ASS": "ass", "S_ASS": "ass", "S_TEXT/SSA": "ass",
        "S_SSA": "ass", "S_TEXT/WEBVTT": "webvtt", "D_WEBVTT/SUBTITLES": "webvtt", "S_VOBSUB": "dvd_subtitle",
        "S_HDMV/PGS": "hdmv_pgs_subtitle", "S_DVBSUB": "dvb_subtitle", "S_HDMV/TEXTST": "hdmv_text_subtitle",
    ]

    static func name(_ id: String, bitDepth: Int?, configuration: Bytes?) -> String? {
        if let name = plain[id] { return name }
        if id.hasPrefix("A_AAC") { return "aac" }
        if id.hasPrefix("A_AC3") { return "ac3" }
        if id.hasPrefix("A_DTS") { return "dts" }
        switch id {
        case "A_PCM/INT/LIT":
            return bitDepth == 8 ? "pcm_u8" : [16, 24, 32].contains(bitDepth) ? "pcm_s\(bitDepth ?? 0)le" : nil
        case "A_PCM/INT/BIG":
            return bitDepth == 8 ? "pcm_u8" : [16, 24, 32].contains(bitDepth) ? "pcm_s\(bitDepth ?? 0)be" : nil
        case "A_PCM/FLOAT/IEEE": return bitDepth == 64 ? "pcm_f64le" : "pcm_f32le"
        case "V_MS/VFW/FOURCC": return configuration?.fourCC(16).flatMap { RIFFCodecs.video[$0.uppercased()] }
        case "A_MS/ACM": return configuration.flatMap { WaveFormat($0)?.codec }
        case "V_QUICKTIME": return configuration?.fourCC(4).flatMap { CodecNames.video[$0] }
        default: return nil
        }
    }
}
