/// Somebody else's upload gate, as strict as one may be: the stand-in for a service that nobody here has seen from the
/// inside. It is written apart from the package's readers and rules, from the standards alone, because two that share
/// a mistake would agree on it. It judges by the name, by the content, and by the bytes of the whole request.
struct StrictGate {
    enum Answer: Equatable {
        case taken
        /// The code, and the reason for whoever debugs a test.
        case refused(Int, String)
    }

    /// 200 MB for everything that is sent.
    static let limit: Int64 = 200_000_000

    /// What the service's list says, and what each ending may stand for.
    private static let endings: [String: Set<Content>] = [
        "mp4": [.mp4, .m4a], "mov": [.mov], "m4a": [.m4a, .mp4], "avi": [.avi], "wav": [.wav], "webp": [.webp],
        "webm": [.webm], "mkv": [.mkv], "jpg": [.jpg], "jpeg": [.jpg], "png": [.png], "gif": [.gif], "mp3": [.mp3],
        "aac": [.aac],
    ]

    enum Content { case mp4, mov, m4a, avi, wav, webp, webm, mkv, jpg, png, gif, mp3, aac }

    static func answer(name: String, length: Int64, read: (Int64, Int) -> [UInt8]) -> Answer {
        if length + envelope(name) > limit { return .refused(4002, "\(length) bytes and the form around them") }
        let ending = ending(of: name)
        guard let allowed = endings[ending] else { return .refused(4001, "the ending \(ending) is not on the list") }
        guard let content = content(length: length, read) else {
            return .refused(4001, "the content is not on the list")
        }
        guard allowed.contains(content) else { return .refused(4001, "\(content) named .\(ending)") }
        return .taken
    }

    /// What a plain client adds: two boundary lines, two header lines, the name escaped as browsers do
    /// (HTML Standard, 4.10.21.8: quotes and line ends become three bytes).
    private static func envelope(_ name: String) -> Int64 {
        let escaped = name.utf8.reduce(0) { $0 + ([0x22, 0x0A, 0x0D].contains($1) ? 3 : 1) }
        let boundary = 2 + 24 + 22 + 2
        let disposition = "Content-Disposition: form-data; name=\"files\"; filename=\"\"\r\n".utf8.count + escaped
        return Int64(boundary + disposition + "Content-Type: video/x-matroska\r\n\r\n".utf8.count + 2 + boundary + 2)
    }

    /// After the last dot, with the 26 letters made small and no others.
    static func ending(of name: String) -> String {
        let bytes = Array(name.utf8)
        guard let dot = bytes.lastIndex(of: 0x2E), dot > 0 else { return "" }
        let small = bytes[(dot + 1)...].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return String(decoding: small, as: UTF8.self)
    }

    // MARK: Content

    private static func content(length: Int64, _ read: (Int64, Int) -> [UInt8]) -> Content? {
        let head = read(0, 64)
        guard head.count >= 16 else { return nil }
        let text = { (range: Range<Int>) in String(decoding: head[range], as: UTF8.self) }
        if head[0] == 0xFF, head[1] == 0xD8, head[2] == 0xFF { return hasFrameHeader(length, read) ? .jpg : nil }
        if head.starts(with: [137, 80, 78, 71, 13, 10, 26, 10]) {
            let size = read(8, 16)
            guard size.count == 16, size[4..<8].elementsEqual("IHDR".utf8), big(size[8..<12]) > 0,
                big(size[12..<16]) > 0
            else { return nil }
            return .png
        }
        if text(0..<6) == "GIF87a" || text(0..<6) == "GIF89a" {
            return head[6] | head[7] != 0 && head[8] | head[9] != 0 ? .gif : nil
        }
        if text(0..<4) == "RIFF" || text(0..<4) == "RF64" {
            switch text(8..<12) {
            case "WEBP": return ["VP8 ", "VP8L", "VP8X"].contains(text(12..<16)) ? .webp : nil
            case "WAVE": return .wav
            case "AVI ": return .avi
            case _: return nil
            }
        }
        if text(4..<8) == "ftyp" { return movie(head, length, read) }
        if ["moov", "mdat", "wide", "free", "skip"].contains(text(4..<8)) {
            return hasIndex(length, read) ? .mov : nil
        }
        if head.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) { return documentType(head) }
        return sound(length, read)
    }

    /// ISO/IEC 14496-12, 4.3: a reader takes a file if it knows one of its brands.
    private static func movie(_ head: [UInt8], _ length: Int64, _ read: (Int64, Int) -> [UInt8]) -> Content? {
        let size = Int(big(head[0..<4]))
        guard size >= 16, size <= 4096 else { return nil }
        let box = read(0, size)
        guard box.count == size, hasIndex(length, read) else { return nil }
        var brands = [String(decoding: box[8..<12], as: UTF8.self)]
        for at in stride(from: 16, through: size - 4, by: 4) {
            brands.append(String(decoding: box[at..<(at + 4)], as: UTF8.self))
        }
        switch brands[0] {
        case "qt  ": return .mov
        case "M4A ", "M4B ": return .m4a
        case "M4V ", "heic", "heix", "mif1", "msf1", "avif", "avis", "hevc", "jp2 ", "jxl ", "crx ": return nil
        case let major where major.hasPrefix("3g"): return nil
        case _: break
        }
        let known: Set<String> = [
            "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42", "avc1", "hvc1",
            "av01", "dash", "cmfc", "msdh", "msix", "M4A ", "mp71",
        ]
        return brands.contains { known.contains($0) } ? .mp4 : nil
    }

    /// ISO/IEC 14496-12, 8.2.1: the movie box has to be there, at the top.
    private static func hasIndex(_ length: Int64, _ read: (Int64, Int) -> [UInt8]) -> Bool {
        var at: Int64 = 0
        for _ in 0..<10_000 {
            let header = read(at, 16)
            guard header.count >= 8 else { return false }
            if header[4..<8].elementsEqual("moov".utf8) { return true }
            var size = big(header[0..<4])
            if size == 1 {
                guard header.count == 16 else { return false }
                size = big(header[8..<16])
            }
            guard size >= 8, size <= length - at else { return false }
            at += size
        }
        return false
    }

    /// RFC 8794, 11.2.4 and RFC 9559, 5: the header names the kind of document.
    private static func documentType(_ head: [UInt8]) -> Content? {
        for at in 4..<(head.count - 12) where head[at] == 0x42 && head[at + 1] == 0x82 {
            let rest = head[(at + 3)...]
            if rest.starts(with: "webm".utf8), head[at + 2] == 0x84 { return .webm }
            if rest.starts(with: "matroska".utf8), head[at + 2] == 0x88 { return .mkv }
        }
        return nil
    }

    /// ITU-T T.81, B.2.2: markers up to the first frame header, which has to give a size. Foreign bytes between
    /// segments are passed over, as libjpeg and FFmpeg pass over them.
    private static func hasFrameHeader(_ length: Int64, _ read: (Int64, Int) -> [UInt8]) -> Bool {
        var at: Int64 = 2
        for _ in 0..<10_000 {
            let marker = read(at, 9)
            guard marker.count >= 4 else { return false }
            guard marker[0] == 0xFF else {
                at += 1
                continue
            }
            switch marker[1] {
            case 0xFF: at += 1
            case 0xD8...0xDA: return false
            case 0, 1, 0xD0...0xD7: at += 2
            case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF: return marker.count == 9 && big(marker[7..<9]) > 0
            case _:
                // What a reader does not know it steps over.
                let size = big(marker[2..<4])
                guard size >= 2 else { return false }
                at += 2 + size
            }
        }
        return false
    }

    /// Two frames, one after another (ISO/IEC 11172-3, 2.4.2.3; ISO/IEC 14496-3, 1.A.3.2), behind a tag if there is one.
    private static func sound(_ length: Int64, _ read: (Int64, Int) -> [UInt8]) -> Content? {
        var start: Int64 = 0
        let tag = read(0, 10)
        if tag.count == 10, tag.starts(with: "ID3".utf8) {
            start = 10 + tag[6..<10].reduce(0) { $0 << 7 | Int64($1 & 0x7F) }
        }
        // Tags are followed by padding; without one there is no excuse.
        for at in start...(start + (start == 0 ? 0 : 4096)) {
            if let found = frames(at: at, read) { return found }
        }
        return nil
    }

    private static func frames(at start: Int64, _ read: (Int64, Int) -> [UInt8]) -> Content? {
        let frame = read(start, 7)
        guard frame.count == 7, frame[0] == 0xFF, frame[1] & 0xE0 == 0xE0 else { return nil }
        let isADTS = frame[1] & 0xF6 == 0xF0
        let next: Int64
        if isADTS {
            next = Int64(frame[3] & 3) << 11 | Int64(frame[4]) << 3 | Int64(frame[5] >> 5)
        } else {
            guard let bytes = layerThreeBytes(frame) else { return nil }
            next = bytes
        }
        guard next >= 7 else { return nil }
        let following = read(start + next, 2)
        guard following.count < 2 || following[0] == 0xFF && following[1] & 0xF6 == frame[1] & 0xF6 else { return nil }
        return isADTS ? .aac : .mp3
    }

    private static func layerThreeBytes(_ frame: [UInt8]) -> Int64? {
        let version = frame[1] >> 3 & 3, layer = frame[1] >> 1 & 3
        let row = Int(frame[2] >> 4), rateRow = Int(frame[2] >> 2 & 3)
        guard version != 1, layer != 0, row > 0, row < 15, rateRow < 3 else { return nil }
        let isOne = version == 3
        let rate = [44_100, 48_000, 32_000][rateRow] / (isOne ? 1 : version == 2 ? 2 : 4)
        let kilobits: [Int]
        switch (isOne, layer) {
        case (true, 1): kilobits = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
        case (true, 2): kilobits = [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384]
        case (false, 1), (false, 2): kilobits = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
        case _: return nil
        }
        let samples = layer == 1 && !isOne ? 72 : 144
        return Int64(samples * kilobits[row] * 1000 / rate) + Int64(frame[2] >> 1 & 1)
    }

    private static func big(_ bytes: ArraySlice<UInt8>) -> Int64 {
        bytes.reduce(0) { $0 &<< 8 | Int64($1) }
    }
}
