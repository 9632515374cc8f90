/// Codecs by the short names that facts use.
enum CodecName {
    /// What people call a codec, as its short name; a name that is not known here stays as it is, lower case.
    static func short(_ name: String) -> String {
        let plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
        return switch plain {
        case "h264", "avc", "avc1", "x264", "mpeg4avc", "mpeg4part10": "h264"
        case "h265", "hevc", "hvc1", "hev1", "x265": "hevc"
        case "av1", "av01": "av1"
        case "vp9", "vp09": "vp9"
        case "vp8", "vp08": "vp8"
        case _: name.lowercased()
        }
    }
}
