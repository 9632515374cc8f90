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
    public static let rm = FileType(
        "rm", .video, "application/vnd.rn-realmedia", "RealMedia", also: ["rmvb", "rv", "ra"])
    public static let nut = FileType("nut", .video, "video/x-nut", "NUT media")
    public static let dv = FileType("dv", .video, "video/dv", "DV video", also: ["dif"])
    public static let gxf = FileType("gxf", .video, "application/gxf", "General Exchange Format")
    public static let wtv = FileType("wtv", .video, "video/x-ms-wtv", "Windows recorded television")
    public static let ivf = FileType("ivf", .video, "video/x-ivf", "IVF video")
    public static let y4m = FileType("y4m", .video, "video/x-yuv4mpeg", "uncompressed YUV4MPEG2 video")
    public static let flic = FileType("flc", .video, "video/x-flic", "FLIC animation", also: ["fli"])
    public static let bink = FileType("bik", .video, "video/vnd.radgamettools.bink", "Bink video", also: ["bk2"])
    public static let smacker = FileType("smk", .video, "video/vnd.radgamettools.smacker", "Smacker video")
    // Video without a container
    public static let h264 = FileType("h264", .video, "video/h264", "bare H.264 video", also: ["264", "avc", "26l"])
    public static let hevc = FileType("hevc", .video, "video/h265", "bare HEVC video", also: ["h265", "265"])
    public static let vvc = FileType("vvc", .video, "video/h266", "bare VVC video", also: ["h266", "266"])
    public static let obu = FileType("obu", .video, "video/av1", "bare AV1 video", also: ["av1"])
    public static let mpeg4Video = FileType("cmp", .video, "video/mpeg4", "bare MPEG-4 part 2 video", also: ["m4v"])
    public static let vc1 = FileType("vc1", .video, "video/vc1", "bare VC-1 video")
    public static let dirac = FileType("drc", .video, "video/x-dirac", "bare Dirac video", also: ["vc2"])
    // Audio
    public static let mp3 = FileType("mp3", .audio, "audio/mpeg", "MP3 audio", also: ["mpga", "mp2"])
    public static let aac = FileType("aac", .audio, "audio/aac", "AAC audio (ADTS)", also: ["adts"])
    public static let flac = FileType("flac", .audio, "audio/flac", "FLAC audio", also: ["fla"])
    public static let aiff = FileType("aiff", .audio, "audio/aiff", "AIFF audio", also: ["aif", "aifc"])
    public static let amr = FileType("amr", .audio, "audio/amr", "AMR audio", also: ["awb"])
    public static let midi = FileType("mid", .audio, "audio/midi", "MIDI", also: ["midi", "rmi"])
    public static let caf = FileType("caf", .audio, "audio/x-caf", "Core Audio file")
    public static let w64 = FileType("w64", .audio, "audio/x-w64", "Sony Wave64 audio")
    public static let au = FileType("au", .audio, "audio/basic", "AU audio", also: ["snd"])
    public static let voc = FileType("voc", .audio, "audio/x-voc", "Creative voice audio")
    public static let wavPack = FileType("wv", .audio, "audio/x-wavpack", "WavPack audio")
    public static let ape = FileType("ape", .audio, "audio/x-ape", "Monkey's Audio")
    public static let tta = FileType("tta", .audio, "audio/x-tta", "TTA audio")
    public static let tak = FileType("tak", .audio, "audio/x-tak", "TAK audio")
    public static let musepack = FileType("mpc", .audio, "audio/x-musepack", "Musepack audio", also: ["mp+", "mpp"])
    public static let dsd = FileType("dsf", .audio, "audio/x-dsf", "DSD audio", also: ["dff"])
    public static let ac3 = FileType("ac3", .audio, "audio/ac3", "AC-3 audio", also: ["eac3", "ec3"])
    public static let dts = FileType("dts", .audio, "audio/vnd.dts", "DTS audio", also: ["dtshd"])
    public static let trueHD = FileType("thd", .audio, "audio/vnd.dolby.mlp", "TrueHD audio", also: ["mlp", "truehd"])
    public static let loas = FileType("loas", .audio, "audio/mp4a-latm", "AAC audio (LOAS)", also: ["latm"])
    public static let tracker = FileType("mod", .audio, "audio/x-mod", "tracker music", also: ["xm", "it", "s3m"])
    // Images
    public static let jpg = FileType("jpg", .image, "image/jpeg", "JPEG image", also: ["jpeg", "jpe", "jfif"])
    public static let png = FileType("png", .image, "image/png", "PNG image", also: ["apng"])
    public static let gif = FileType("gif", .image, "image/gif", "GIF image")
    public static let bmp = FileType("bmp", .image, "image/bmp", "BMP image", also: ["dib"])
    public static let tiff = FileType("tiff", .image, "image/tiff", "TIFF image", also: ["tif", "dng"])
    public static let ico = FileType("ico", .image, "image/vnd.microsoft.icon", "Icon", also: ["cur"])
    public static let psd = FileType("psd", .image, "image/vnd.adobe.photoshop", "Photoshop image", also: ["psb"])
    public static let jp2 = FileType("jp2", .image, "image/jp2", "JPEG 2000 image", also: ["j2k", "jpx", "j2c"])
    public static let jxr = FileType("jxr", .image, "image/jxr", "JPEG XR image", also: ["wdp", "hdp"])
    public static let exr = FileType("exr", .image, "image/x-exr", "OpenEXR image")
    public static let hdr = FileType("hdr", .image, "image/vnd.radiance", "Radiance image", also: ["rgbe", "pic"])
    public static let dds = FileType("dds", .image, "image/vnd.ms-dds", "DirectDraw surface")
    public static let pnm = FileType(
        "pnm", .image, "image/x-portable-anymap", "portable map", also: ["pbm", "pgm", "ppm", "pam", "pfm"])
    public static let qoi = FileType("qoi", .image, "image/qoi", "QOI image")
    public static let pcx = FileType("pcx", .image, "image/vnd.zbrush.pcx", "PCX image")
    public static let tga = FileType("tga", .image, "image/x-tga", "Targa image", also: ["vda", "icb", "vst"])
    public static let icns = FileType("icns", .image, "image/x-icns", "Apple icon")
    public static let mng = FileType("mng", .image, "video/x-mng", "MNG animation", also: ["jng"])
    public static let xcf = FileType("xcf", .image, "image/x-xcf", "GIMP image")
    public static let ilbm = FileType("iff", .image, "image/x-ilbm", "Amiga image", also: ["lbm", "ilbm"])
    public static let metafile = FileType("emf", .image, "image/emf", "Windows metafile", also: ["wmf"])
    public static let dicom = FileType("dcm", .image, "application/dicom", "DICOM image")
    public static let fits = FileType("fits", .image, "image/fits", "FITS image", also: ["fit", "fts"])
    public static let rawPhoto = FileType(
        "cr3", .image, "image/x-canon-cr3", "raw photograph", also: ["raf", "rw2", "orf", "x3f", "crw", "mrw"])
    // What is not media, and would be dangerous to follow
    public static let zip = FileType(
        "zip", .other, "application/zip", "ZIP archive", also: ["jar", "docx", "xlsx", "pptx", "apk", "epub"])
    public static let gzip = FileType("gz", .other, "application/gzip", "gzip archive", also: ["tgz", "svgz"])
    public static let sevenZip = FileType("7z", .other, "application/x-7z-compressed", "7-Zip archive")
    public static let rar = FileType("rar", .other, "application/vnd.rar", "RAR archive")
    public static let xz = FileType("xz", .other, "application/x-xz", "xz archive", also: ["txz", "lzma"])
    public static let zstd = FileType("zst", .other, "application/zstd", "Zstandard archive", also: ["tzst"])
    public static let bzip2 = FileType("bz2", .other, "application/x-bzip2", "bzip2 archive", also: ["tbz2", "tbz"])
    public static let lz4 = FileType("lz4", .other, "application/x-lz4", "LZ4 archive")
    public static let tar = FileType("tar", .other, "application/x-tar", "tar archive")
    public static let cabinet = FileType("cab", .other, "application/vnd.ms-cab-compressed", "cabinet archive")
    public static let lha = FileType("lzh", .other, "application/x-lzh-compressed", "LHA archive", also: ["lha"])
    public static let package = FileType(
        "deb", .other, "application/vnd.debian.binary-package", "software package or library", also: ["rpm", "a", "ar"])
    public static let iso = FileType("iso", .other, "application/x-iso9660-image", "disc image", also: ["dmg", "img"])
    public static let database = FileType(
        "sqlite", .other, "application/vnd.sqlite3", "SQLite database", also: ["sqlite3", "db"])
    public static let office = FileType(
        "doc", .other, "application/x-ole-storage", "Microsoft Office document",
        also: ["xls", "ppt", "msi", "msg", "dot", "vsd"])
    public static let rtf = FileType("rtf", .other, "text/rtf", "RTF document")
    public static let postScript = FileType("ps", .other, "application/postscript", "PostScript", also: ["eps", "ai"])
    public static let djvu = FileType("djvu", .other, "image/vnd.djvu", "DjVu document", also: ["djv"])
    public static let font = FileType("ttf", .other, "font/sfnt", "font", also: ["otf", "ttc", "woff", "woff2", "eot"])
    public static let flash = FileType("swf", .other, "application/vnd.adobe.flash.movie", "Flash program")
    public static let torrent = FileType("torrent", .other, "application/x-bittorrent", "BitTorrent file")
    public static let model3D = FileType(
        "3ds", .other, "application/x-3ds", "3D model", also: ["glb", "fbx", "blend", "stl", "ply", "obj"])
    public static let pdf = FileType("pdf", .other, "application/pdf", "PDF document", also: ["ai"])
    public static let executable = FileType(
        "exe", .other, "application/octet-stream", "program",
        also: ["dll", "so", "dylib", "bin", "elf", "wasm", "class", "dex", "com", "pyc"])
    public static let html = FileType("html", .other, "text/html", "HTML page", also: ["htm", "xhtml"])
    public static let svg = FileType("svg", .other, "image/svg+xml", "SVG drawing")
    public static let xml = FileType("xml", .other, "application/xml", "XML document", also: ["mpd", "plist"])
    public static let playlist = FileType(
        "m3u8", .other, "application/vnd.apple.mpegurl", "playlist",
        also: ["m3u", "pls", "ffconcat", "asx", "xspf", "wpl", "smil", "wax", "wvx"])
    public static let script = FileType(
        "sh", .other, "text/x-shellscript", "script", also: ["py", "pl", "rb", "php", "bat", "cmd"])
    public static let sdp = FileType("sdp", .other, "application/sdp", "session description")
    public static let json = FileType("json", .other, "application/json", "JSON document", also: ["geojson", "gltf"])
    public static let text = FileType(
        "txt", .other, "text/plain", "text",
        also: ["srt", "vtt", "ass", "ssa", "lrc", "csv", "md", "log", "yaml", "yml", "js", "css", "obj"])

    /// The one list of types.
    public static let all: [FileType] = [
        mp4, m4v, mov, threeGP, m4a, heic, avif, jxl, webm, mkv, avi, wav, webp, flv, wmv, ts, mpg, ogg, mxf, rm, nut,
        dv, gxf, wtv, ivf, y4m, flic, bink, smacker, h264, hevc, vvc, obu, mpeg4Video, vc1, dirac, mp3, aac, flac, aiff,
        amr, midi, caf, w64, au, voc, wavPack, ape, tta, tak, musepack, dsd, ac3, dts, trueHD, loas, tracker, jpg, png,
        gif, bmp, tiff, ico, psd, jp2, jxr, exr, hdr, dds, pnm, qoi, pcx, tga, icns, mng, xcf, ilbm, metafile, dicom,
        fits, rawPhoto, zip, gzip, sevenZip, rar, xz, zstd, bzip2, lz4, tar, cabinet, lha, package, iso, database,
        office, rtf, postScript, djvu, font, flash, torrent, model3D, pdf, executable, html, svg, xml, playlist, script,
        sdp, json, text,
    ]
}
