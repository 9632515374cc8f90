internal import ReelModel

/// Layouts that follow from a number of channels, or from a mask.
extension ChannelLayout {
    /// WAVEFORMATEXTENSIBLE's `dwChannelMask`.
    static func named(mask: Int) -> Known<String> {
        Known(masks[mask], else: "its arrangement of loudspeakers has no common name")
    }

    static func vorbis(channels: Int) -> Known<String> { known(name(vorbis: channels), channels) }

    /// RFC 9639, 9.1.3.
    static func flac(channels: Int) -> Known<String> {
        let names = ["mono", "stereo", "3.0", "quad", "5.0(side)", "5.1(side)", "6.1", "7.1"]
        return known(names.indices.contains(channels - 1) ? names[channels - 1] : nil, channels)
    }

    /// AAC's channel configurations up to 6 (ISO/IEC 14496-3, table 1.19).
    static func aac(channels: Int) -> Known<String> {
        let names = ["mono", "stereo", "3.0", "4.0", "5.0", "5.1"]
        return known(names.indices.contains(channels - 1) ? names[channels - 1] : nil, channels)
    }

    /// Where only the number is told.
    static func plain(channels: Int) -> Known<String> { known(name(channels: channels), channels) }

    private static func known(_ name: String?, _ channels: Int) -> Known<String> {
        Known(name, else: "it does not say how its \(channels) channels are arranged")
    }
}
