internal import CFFmpeg

/// The media libraries that this process is using.
public enum MediaLibraries {
    /// Version by name, as "59.27.100".
    public static var versions: [String: String] {
        [
            "libavcodec": avcodec_version(), "libavfilter": avfilter_version(), "libavformat": avformat_version(),
            "libavutil": avutil_version(), "libswresample": swresample_version(), "libswscale": swscale_version(),
        ].mapValues { "\($0 >> 16).\($0 >> 8 & 0xFF).\($0 & 0xFF)" }
    }

    /// Sends the libraries' log to us instead of standard error. Everything here does so by itself; a program calls it
    /// to be silent from its start.
    public static func silence() { _ = MediaLog.installed }
}
