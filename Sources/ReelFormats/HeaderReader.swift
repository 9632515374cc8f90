public import ReelModel

/// Reads what a file's headers say, without decoding anything.
public enum HeaderReader {
    /// The facts of a file at depth `header`. A file of a type that is not read here, or that is damaged, gives facts
    /// whose fields are unknown with the reason; only the source itself throws.
    /// - Parameter followsPictures: whether the coded data of a still picture are followed to its last square, where
    ///   that can be done without decoding it: in JPEG.
    public static func facts<Source: ByteSource>(
        of source: inout Source, name: String, followsPictures: Bool = false
    ) throws -> Facts {
        var pager = Pager(source)
        defer { if let read = pager.source as? Source { source = read } }
        var facts = Facts(
            depth: .header, bytes: pager.length, fileExtension: fileExtension(of: name),
            type: .unknown("the file was not read"))
        do {
            facts.type = try Sniff.type(&pager)
            if let type = facts.type.value {
                try read(type, &pager, into: &facts, followsPictures: followsPictures)
                try noteOtherTypes(than: type, &pager, in: &facts)
            }
        } catch is Pager.TooMuchToRead {
            facts.noteUnread()
        }
        facts.keepThePossible()
        return facts
    }

    /// The one list of readers. A type without one keeps its unknown facts, for the worker to fill.
    static func read(
        _ type: FileType, _ pager: inout Pager, into facts: inout Facts, followsPictures: Bool = false
    ) throws {
        switch type {
        case .mp4, .m4v, .mov, .m4a, .threeGP: try ISOBMFFReader.read(&pager, into: &facts)
        case .mkv, .webm: try MatroskaReader.read(&pager, into: &facts)
        case .avi: try AVIReader.read(&pager, into: &facts)
        case .wav: try WAVReader.read(&pager, into: &facts)
        case .mp3: try MPEGAudioReader.read(&pager, into: &facts)
        case .aac: try ADTSReader.read(&pager, into: &facts)
        case .flac: try FLACReader.read(&pager, into: &facts)
        case .ogg: try OggReader.read(&pager, into: &facts)
        case .aiff: try AIFFReader.read(&pager, into: &facts)
        case .amr: try AMRReader.read(&pager, into: &facts)
        case .flv: try FLVReader.read(&pager, into: &facts)
        case .jpg: try JPEGReader.read(&pager, into: &facts, followsPicture: followsPictures)
        case .png: try PNGReader.read(&pager, into: &facts)
        case .gif: try GIFReader.read(&pager, into: &facts)
        case .webp: try WebPReader.read(&pager, into: &facts)
        case .bmp: try BMPReader.read(&pager, into: &facts)
        case .tiff: try TIFFReader.read(&pager, into: &facts)
        case .heic, .avif: try HEIFReader.read(&pager, into: &facts)
        case .ico: try ICOReader.read(&pager, into: &facts)
        case .psd: try PSDReader.read(&pager, into: &facts)
        case .jp2: try JP2Reader.read(&pager, into: &facts)
        case _ where type.kind == .other: facts.noteNoMedia()
        default: break
        }
    }

    /// What else the bytes are. A reader that knows of some (what hides behind a picture) has said so already.
    private static func noteOtherTypes(than type: FileType, _ pager: inout Pager, in facts: inout Facts) throws {
        guard type.kind != .other else {
            facts.otherTypes = .unknown("this is no media file")
            return
        }
        let known = facts.otherTypes.value ?? []
        let found = try Polyglot.otherTypes(than: type, faults: facts.structureFaults.value ?? [], &pager)
        facts.otherTypes = .known(known + found.filter { !known.contains($0) })
    }

    /// The last extension of a name, lower case, without its dot.
    static func fileExtension(of name: String) -> String {
        let base = name.split(separator: "/").last ?? ""
        guard let dot = base.lastIndex(of: "."), dot != base.startIndex else { return "" }
        // Letters of ASCII only: to Unicode, the sign for kelvin is a capital K too, and no service thinks so.
        let bytes = base[base.index(after: dot)...].utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Facts {
    /// Archives, documents and programs hold no stream that anyone should look for.
    fileprivate mutating func noteNoMedia() {
        let why = "this is no media file"
        duration = .unknown(why)
        bitRate = .unknown(why)
        missingBytes = .unknown(why)
        encrypted = .unknown(why)
        video = .known([])
        audio = .known([])
        others = .known([])
    }

    /// What was not reached before the reading limit keeps its unknown, with that as the reason.
    fileprivate mutating func noteUnread() {
        let why = "the index is too large to be read"
        if video.value == nil { video = .unknown(why) }
        if audio.value == nil { audio = .unknown(why) }
        if others.value == nil { others = .unknown(why) }
        if duration.value == nil { duration = .unknown(why) }
        if missingBytes.value == nil { missingBytes = .unknown(why) }
        if structureFaults.value == nil { structureFaults = .unknown(why) }
        if metadata.value == nil { metadata = .unknown(why) }
    }
}

extension Facts {
    /// A still or animated image: no streams, and a duration only where it moves.
    mutating func describe(_ image: ImageFacts) {
        self.image = image
        video = .known([])
        audio = .known([])
        others = .known([])
        encrypted = .known(false)
        let isStill = image.frames.value == 1
        duration = isStill ? .unknown("a still image has no duration") : image.duration
        bitRate = .unknown("an image has no bit rate")
    }
}
