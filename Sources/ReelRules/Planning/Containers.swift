internal import ReelModel

/// What the containers that we write can hold, by the short names of codecs. Narrower than the standards: only what
/// players at large expect there.
enum Containers {
    static func holds(video codec: String, in type: FileType) -> Bool {
        switch type {
        case .mp4: ["h264", "hevc", "av1", "mpeg4"].contains(codec)
        case .mov: ["h264", "hevc", "mpeg4", "prores", "mjpeg"].contains(codec)
        case _: false
        }
    }

    /// Whether the words of such subtitles can be kept in it.
    static func holds(text codec: String, in type: FileType) -> Bool {
        [.mp4, .mov].contains(type) && ["subrip", "webvtt", "ass", "mov_text"].contains(codec)
    }

    static func holds(audio codec: String, in type: FileType) -> Bool {
        switch type {
        case .mp4, .m4a: ["aac", "alac"].contains(codec) || type == .mp4 && ["mp3", "ac3", "eac3"].contains(codec)
        case .mov: ["aac", "alac", "mp3"].contains(codec) || codec.hasPrefix("pcm_s")
        case _: false
        }
    }
}
