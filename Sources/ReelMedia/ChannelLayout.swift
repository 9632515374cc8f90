internal import CFFmpeg

/// Names of arrangements of channels, as the libraries spell them.
public enum ChannelLayout {
    /// The usual layout of that many channels: `mono`, `stereo`, `5.1` …
    public static func usual(channels: Int) -> String {
        var layout = AVChannelLayout()
        av_channel_layout_default(&layout, CInt(clamping: channels))
        defer { av_channel_layout_uninit(&layout) }
        return name(of: &layout)
    }

    /// A layout whose order is not said is named as the usual one of as many channels.
    static func name(of layout: inout AVChannelLayout) -> String {
        if layout.order == AV_CHANNEL_ORDER_UNSPEC, layout.nb_channels > 0 {
            var usual = AVChannelLayout()
            av_channel_layout_default(&usual, layout.nb_channels)
            defer { av_channel_layout_uninit(&usual) }
            if usual.order != AV_CHANNEL_ORDER_UNSPEC { return name(of: &usual) }
        }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { text in
            guard let base = text.baseAddress, av_channel_layout_describe(&layout, base, text.count) > 0 else {
                return ""
            }
            return String(cString: base)
        }
    }
}
