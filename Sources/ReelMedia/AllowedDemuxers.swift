/// The containers that may be opened, by the library's names. What is not here is refused before its header is read:
/// above all playlists and scripts (`hls`, `dash`, `concat`, `imf`, `sdp`, `lavfi` …) that name other files.
enum AllowedDemuxers {
    static let video = [
        "mov", "matroska", "webm", "avi", "flv", "asf", "mpegts", "mpeg", "mpegvideo", "ogg", "mxf", "h264", "hevc",
    ]
    static let audio = ["mp3", "aac", "flac", "wav", "w64", "aiff", "caf", "amr", "ac3", "eac3"]
    static let images = [
        "jpeg_pipe", "png_pipe", "apng", "gif", "webp_pipe", "bmp_pipe", "tiff_pipe", "j2k_pipe", "psd_pipe",
        "jpegxl_pipe", "ico",
    ]

    static let all = video + audio + images
    /// As the library wants them.
    static let list = all.joined(separator: ",")
}
