/// A type of file, named as its usual extension. The set is open: `FileType.all` is the one list of those known here.
public struct FileType: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, Codable {
        case video, audio, image
        /// Not media: archives, documents, scripts, playlists, programs.
        case other
    }

    /// The usual extension, lower case: `mp4`, `jpg`. Unique.
    public let id: String
    public let kind: Kind
    /// Every extension that is honest for this content, the usual one first.
    public let extensions: [String]
    /// The media type for `Content-Type` (IANA where registered).
    public let mediaType: String
    /// For people.
    public let name: String

    init(_ id: String, _ kind: Kind, _ mediaType: String, _ name: String, also: [String] = []) {
        self.id = id
        self.kind = kind
        self.extensions = [id] + also
        self.mediaType = mediaType
        self.name = name
    }

    /// The type of that id.
    public static func named(_ id: String) -> FileType? { byID[id] }

    /// The types whose files may honestly bear this extension (lower case, without its dot).
    public static func bearing(extension fileExtension: String) -> [FileType] {
        all.filter { $0.extensions.contains(fileExtension) }
    }

    private static let byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
}

/// By its id on the wire and in reports.
extension FileType: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let id = try container.decode(String.self)
        guard let known = FileType.named(id) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no file type is called \(id)")
        }
        self = known
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(id)
    }
}

extension FileType: CustomStringConvertible {
    public var description: String { id }
}

extension FileType {
    // ISO BMFF and QuickTime
    public static let mp4 = FileType("mp4", .video, "video/mp4", "MP4 video")
    public static let m4v = FileType("m4v", .video, "video/x-m4v", "Apple MP4 video", also: ["mp4"])
    public static let mov = FileType("mov", .video, "video/quicktime", "QuickTime movie", also: ["qt"])
    public static let threeGP = FileType("3gp", .video, "video/3gpp", "3GPP video", also: ["3g2", "3gpp"])
    public static let m4a = FileType("m4a", .audio, "audio/mp4", "MPEG-4 audio", also: ["mp4", "m4b", "m4r", "m4p"])
    public static let heic = FileType("heic", .image, "image/heic", "HEIF image", also: ["heif", "hif"])
    public static let avif = FileType("avif", .image, "image/avif", "AVIF image", also: ["avifs"])
    public static let jxl = FileType("jxl", .image, "image/jxl", "JPEG XL image")
    // Matroska
    public static let webm = FileType("webm", .video, "video/webm", "WebM video", also: ["weba"])
    public static let mkv = FileType("mkv", .video, "video/x-matroska", "Matroska video", also: ["mka", "mk3d"])
    // RIFF
    public static let avi = FileType("avi", .video, "video/x-msvideo", "AVI video")
    public static let wav = FileType("wav", .audio, "audio/wav", "WAVE audio", also: ["wave", "bwf"])
    public static let webp = FileType("webp", .image, "image/webp", "WebP image")
    // Other video
    public static let flv = FileType("flv", .video, "video/x-flv", "Flash video")
    public static let wmv = FileType("wmv", .video, "video/x-ms-wmv", "Windows Media", also: ["asf", "wma"])
    public static let ts = FileType("ts", .video, "video/mp2t", "MPEG transport stream", also: ["m2ts", "mts", "m2t"])
    public static let mpg = FileType(
        "mpg", .video, "video/mpeg", "MPEG program stream", also: ["mpeg", "vob", "m2p", "mpe", "m1v", "m2v"])
    public static let ogg = FileType(
        "ogg", .video, "video/ogg", "Ogg media", also: ["ogv", "oga", "ogx", "opus", "spx"])
    public static let mxf = FileType("mxf", .video, "application/mxf", "MXF")
    // Audio
    public static let mp3 = FileType("mp3", .audio, "audio/mpeg", "MP3 audio", also: ["mpga", "mp2"])
    public static let aac = FileType("aac", .audio, "audio/aac", "AAC audio (ADTS)", also: ["adts"])
    public static let flac = FileType("flac", .audio, "audio/flac", "FLAC audio", also: ["fla"])
    public static let aiff = FileType("aiff", .audio, "audio/aiff", "AIFF audio", also: ["aif", "aifc"])
    public static let amr = FileType("amr", .audio, "audio/amr", "AMR audio", also: ["awb"])
    public static let midi = FileType("mid", .audio, "audio/midi", "MIDI", also: ["midi"])
    // Images
    public static let jpg = FileType("jpg", .image, "image/jpeg", "JPEG image", also: ["jpeg", "jpe", "jfif"])
    public static let png = FileType("png", .image, "image/png", "PNG image", also: ["apng"])
    public static let gif = FileType("gif", .image, "image/gif", "GIF image")
    public static let bmp = FileType("bmp", .image, "image/bmp", "BMP image", also: ["dib"])
    public static let tiff = FileType("tiff", .image, "image/tiff", "TIFF image", also: ["tif", "dng"])
    public static let ico = FileType("ico", .image, "image/vnd.microsoft.icon", "Icon", also: ["cur"])
    public static let psd = FileType("psd", .image, "image/vnd.adobe.photoshop", "Photoshop image", also: ["psb"])
    public static let jp2 = FileType("jp2", .image, "image/jp2", "JPEG 2000 image", also: ["j2k", "jpx", "j2c"])
    // What is not media, and would be dangerous to follow
    public static let zip = FileType(
        "zip", .other, "application/zip", "ZIP archive", also: ["jar", "docx", "xlsx", "pptx", "apk", "epub"])
    public static let gzip = FileType("gz", .other, "application/gzip", "gzip archive", also: ["tgz", "svgz"])
    public static let sevenZip = FileType("7z", .other, "application/x-7z-compressed", "7-Zip archive")
    public static let rar = FileType("rar", .other, "application/vnd.rar", "RAR archive")
    public static let pdf = FileType("pdf", .other, "application/pdf", "PDF document", also: ["ai"])
    public static let executable = FileType(
        "exe", .other, "application/octet-stream", "program", also: ["dll", "so", "dylib", "bin", "elf"])
    public static let html = FileType("html", .other, "text/html", "HTML page", also: ["htm", "xhtml"])
    public static let svg = FileType("svg", .other, "image/svg+xml", "SVG drawing")
    public static let xml = FileType("xml", .other, "application/xml", "XML document", also: ["mpd", "plist"])
    public static let playlist = FileType(
        "m3u8", .other, "application/vnd.apple.mpegurl", "playlist", also: ["m3u", "pls", "ffconcat"])
    public static let script = FileType("sh", .other, "text/x-shellscript", "script", also: ["py", "pl", "rb"])
    public static let text = FileType("txt", .other, "text/plain", "text", also: ["srt", "vtt", "json", "csv", "md"])

    /// The one list of types.
    public static let all: [FileType] = [
        mp4, m4v, mov, threeGP, m4a, heic, avif, jxl, webm, mkv, avi, wav, webp, flv, wmv, ts, mpg, ogg, mxf, mp3, aac,
        flac, aiff, amr, midi, jpg, png, gif, bmp, tiff, ico, psd, jp2, zip, gzip, sevenZip, rar, pdf, executable, html,
        svg, xml, playlist, script, text,
    ]
}
