/// What a file's first bytes say it is, of the kinds that this backend takes. The stand-in for somebody else's gate,
/// and so written apart from the package's own reading of types: two that share a mistake would agree on it.
enum Content: String, Sendable, Hashable, Codable {
    case mp4, mov, m4a, avi, webm, mkv, jpg, png, gif, webp, mp3, wav, aac

    enum Kind: String, Sendable, Hashable, Codable {
        case video, audio, image
    }

    var kind: Kind {
        switch self {
        case .mp4, .mov, .avi, .webm, .mkv: .video
        case .m4a, .mp3, .wav, .aac: .audio
        case .jpg, .png, .gif, .webp: .image
        }
    }

    /// Reads as few bytes as it can; `nil` where they are of no accepted kind.
    init?(read: (_ offset: Int64, _ count: Int) throws -> [UInt8]) rethrows {
        let head = try read(0, 4096)
        guard head.count >= 12 else { return nil }
        if let simple = Content(signatureOf: head) ?? Content(isoMediaHead: head) ?? Content(matroskaHead: head) {
            self = simple
            return
        }
        var audio = head
        if head.starts(with: "ID3".utf8) {
            // ID3v2.4, 3.1: the tag's length is four groups of seven bits and leaves out its own ten bytes.
            let length = head[6..<10].reduce(Int64(0)) { $0 << 7 | Int64($1 & 0x7F) }
            audio = try read(10 + length, 16)
        }
        guard let coded = Content(audioFrame: audio) else { return nil }
        self = coded
    }

    private init?(signatureOf head: [UInt8]) {
        let form = head[8..<12]
        if head.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpg
        } else if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if head.starts(with: "GIF87a".utf8) || head.starts(with: "GIF89a".utf8) {
            self = .gif
        } else if head.starts(with: "RIFF".utf8) || head.starts(with: "RF64".utf8) {
            if form.elementsEqual("WEBP".utf8) {
                self = .webp
            } else if form.elementsEqual("WAVE".utf8) {
                self = .wav
            } else if form.elementsEqual("AVI ".utf8) {
                self = .avi
            } else {
                return nil
            }
        } else {
            return nil
        }
    }

    /// ISO/IEC 14496-12, 4.3, and QuickTime, which may begin without a file type box.
    private init?(isoMediaHead head: [UInt8]) {
        let type = String(decoding: head[4..<8], as: UTF8.self)
        guard type == "ftyp" else {
            guard ["moov", "mdat", "wide", "free", "skip", "pnot"].contains(type) else { return nil }
            self = .mov
            return
        }
        let brand = String(decoding: head[8..<12], as: UTF8.self)
        switch brand {
        case "qt  ": self = .mov
        case "M4A ", "M4B ", "M4P ": self = .m4a
        case "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42", "mp71", "avc1",
            "hvc1", "av01", "dash", "MSNV", "M4V ", "M4VH", "M4VP", "NDSC", "F4V ", "XAVC", "cmfc", "msdh":
            self = .mp4
        case _: return nil
        }
    }

    /// RFC 8794, 11.2.4: the document type stands in the EBML header.
    private init?(matroskaHead head: [UInt8]) {
        guard head.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) else { return nil }
        for at in 4..<min(head.count - 3, 64) where head[at] == 0x42 && head[at + 1] == 0x82 && head[at + 2] & 0x80 != 0
        {
            let length = Int(head[at + 2] & 0x7F)
            let name = head[(at + 3)...].prefix(length).prefix { $0 != 0 }
            if name.elementsEqual("webm".utf8) {
                self = .webm
                return
            }
            if name.elementsEqual("matroska".utf8) {
                self = .mkv
                return
            }
        }
        return nil
    }

    /// The header of an MPEG audio frame (ISO/IEC 11172-3, 2.4.2.3) or of an ADTS frame (ISO/IEC 14496-3, 1.A.3.2).
    private init?(audioFrame bytes: [UInt8]) {
        guard bytes.count >= 4, bytes[0] == 0xFF else { return nil }
        if bytes[1] & 0xF6 == 0xF0 {
            guard bytes[2] >> 2 & 0x0F < 13 else { return nil }
            self = .aac
        } else if bytes[1] & 0xE6 == 0xE2 {
            let version = bytes[1] >> 3 & 3
            guard version != 1, bytes[2] >> 4 != 15, bytes[2] >> 4 != 0, bytes[2] >> 2 & 3 != 3 else { return nil }
            self = .mp3
        } else {
            return nil
        }
    }
}
