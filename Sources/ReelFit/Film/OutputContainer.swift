internal import ReelModel

/// How the library writes a type of file.
struct OutputContainer: Sendable, Hashable {
    /// The muxer, by the library's name.
    let format: String
    let options: [String: String]
    /// Codecs, by their short names, that players at large expect in it.
    let sounds: Set<String>

    /// `nil` where films and sound of this type are not written here.
    init?(_ type: FileType) {
        let indexFirst = ["movflags": "+faststart"]
        switch type {
        case .mp4, .m4v: self.init("mp4", indexFirst, ["aac", "mp3", "ac3", "eac3", "alac"])
        case .mov: self.init("mov", indexFirst, ["aac", "mp3", "alac", "pcm_s16le", "pcm_s24le"])
        case .m4a: self.init("ipod", indexFirst, ["aac", "alac"])
        case .mkv: self.init("matroska", [:], ["aac", "mp3", "ac3", "eac3", "flac", "opus", "vorbis", "pcm_s16le"])
        case _: return nil
        }
    }

    private init(_ format: String, _ options: [String: String], _ sounds: Set<String>) {
        self.format = format
        self.options = options
        self.sounds = sounds
    }

    var isISOBMFF: Bool { format != "matroska" }

    /// Whether a picture can be in it at all.
    var takesPicture: Bool { format != "ipod" }

    /// Whether timed text can be in it.
    var takesText: Bool { format == "mp4" || format == "mov" }

    /// The four characters that a copied stream's codec goes by, where the muxer's own choice is not the best known:
    /// players by Apple know HEVC only as `hvc1`.
    func tag(for stream: (codec: String, tag: String?)) -> String? {
        guard isISOBMFF, stream.codec == "hevc" else { return nil }
        // `hev1` allows parameter sets in the stream, which `hvc1` promises not to have.
        return stream.tag == "hev1" ? "hev1" : "hvc1"
    }
}
