public import ReelModel

/// Into what a file of a type can be made where that type is not accepted.
public enum Conversion {
    /// The types that can be written, the preferred ones first.
    static let films: [FileType] = [.mp4, .mov]
    static let sounds: [FileType] = [.m4a, .mp4]
    static let pictures: [FileType] = [.jpg, .png]

    /// The types that the worker opens and decodes, by the demuxers that it allows itself and what each of them was
    /// seen to read. HEIF is not among them: libavformat 5.1 does not read it.
    private static let readable: Set<String> = [
        "mp4", "m4v", "mov", "3gp", "m4a", "avif", "mkv", "webm", "avi", "flv", "wmv", "ts", "mpg", "ogg", "mxf", "mp3",
        "aac", "flac", "wav", "w64", "aiff", "caf", "amr", "ac3", "jpg", "png", "gif", "webp", "bmp", "tiff", "ico",
        "psd",
        "jp2", "jxl",
    ]

    /// Whether a file of this type can be converted here at all.
    public static func canRead(_ type: FileType) -> Bool { readable.contains(type.id) }

    /// The type that a file of this type becomes, here or elsewhere; `nil` where there is no way, or none that the destination takes.
    ///
    /// - Parameter accepted: ids of the types that the destination takes; `nil` where it is not known to mind.
    public static func target(of type: FileType, accepted: [String]?) -> FileType? {
        let candidates: [FileType]
        switch type.kind {
        case .video: candidates = films
        case .audio: candidates = [.midi, .tracker].contains(type) ? [] : sounds
        case .image: candidates = pictures
        case .other: candidates = []
        }
        return candidates.first { accepted?.contains($0.id) ?? true }
    }
}
