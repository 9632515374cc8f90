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

    /// The channels' own names in their order (`FL`, `FR`, `FC`, `LFE` …); those of a layout whose order is not said are
    /// the usual ones of as many channels, and empty where there is no usual one.
    static func channelNames(of layout: inout AVChannelLayout) -> [String] {
        var usual = AVChannelLayout()
        defer { av_channel_layout_uninit(&usual) }
        let count = layout.nb_channels
        if layout.order == AV_CHANNEL_ORDER_UNSPEC { av_channel_layout_default(&usual, count) }
        return (0..<UInt32(max(count, 0))).map { index in
            let channel =
                usual.nb_channels > 0
                ? av_channel_layout_channel_from_index(&usual, index)
                : av_channel_layout_channel_from_index(&layout, index)
            return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { text in
                guard channel != AV_CHAN_NONE, let base = text.baseAddress,
                    av_channel_name(base, text.count, channel) > 0
                else { return "" }
                return String(cString: base)
            }
        }
    }
}
