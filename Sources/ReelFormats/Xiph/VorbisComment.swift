internal import ReelModel

/// The comments of Vorbis, Opus, Theora, Speex and FLAC (Vorbis I, 5.2): a program's name, then fields of a name and a
/// value each.
struct VorbisComment {
    private(set) var metadata: [MetadataEntry] = []
    /// The codings of pictures in fields (xiph.org, METADATA_BLOCK_PICTURE), as FFmpeg names them.
    private(set) var pictures: [Known<String>] = []
    /// WAVEFORMATEXTENSIBLE's mask, where the sound's arrangement is not the usual one (RFC 9639, 8.6.2).
    private(set) var channelMask: Int?

    private static let fieldLimit = 1000

    init(_ bytes: Bytes) {
        guard let length = bytes.le32(0) else { return }
        let vendor = TagName.trimmed(Self.text(bytes, 4, length))
        if !vendor.isEmpty { metadata.append(MetadataEntry(.software, key: "vendor", value: vendor)) }
        guard let count = bytes.le32(4 + length) else { return }
        var at = 8 + length
        for _ in 0..<min(count, Self.fieldLimit) {
            guard let length = bytes.le32(at) else { return }
            let field = bytes.slice(from: at + 4, count: min(length, 4096)).array
            at += 4 + length
            guard let equals = field.prefix(80).firstIndex(of: 0x3D) else { continue }
            let key = String(decoding: field[..<equals], as: UTF8.self)
            let value = field[(equals + 1)...]
            switch key.uppercased() {
            case "METADATA_BLOCK_PICTURE":
                pictures.append(FLACPicture.coding(Bytes(Self.base64(value.prefix(512)))))
            case "WAVEFORMATEXTENSIBLE_CHANNEL_MASK":
                let text = String(decoding: value, as: UTF8.self).lowercased()
                channelMask = Int(text.hasPrefix("0x") ? String(text.dropFirst(2)) : text, radix: 16)
            case _:
                if let entry = TagName.entry(key, String(decoding: value, as: UTF8.self)) { metadata.append(entry) }
            }
        }
    }

    private static func text(_ bytes: Bytes, _ at: Int, _ count: Int) -> String {
        String(decoding: bytes.slice(from: at, count: min(count, 1024)).array, as: UTF8.self)
    }

    /// RFC 4648, 4, as far as it goes.
    private static func base64(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var bits = 0
        var value = 0
        for character in text {
            let digit: Int
            switch character {
            case 0x41...0x5A: digit = Int(character) - 0x41
            case 0x61...0x7A: digit = Int(character) - 0x61 + 26
            case 0x30...0x39: digit = Int(character) - 0x30 + 52
            case 0x2B: digit = 62
            case 0x2F: digit = 63
            case _: return bytes
            }
            value = (value << 6 | digit) & 0xFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: value >> bits))
            }
        }
        return bytes
    }
}

/// The picture block of FLAC (RFC 9639, 8.8).
enum FLACPicture {
    /// By its media type, as FFmpeg names it.
    static func coding(_ block: Bytes) -> Known<String> {
        guard let length = block.u32(4), let type = block.text(8, min(length, 32)) else {
            return .unknown("the picture's type could not be read")
        }
        let names = [
            "image/jpeg": "mjpeg", "image/jpg": "mjpeg", "image/png": "png", "image/gif": "gif", "image/bmp": "bmp",
            "image/tiff": "tiff", "image/webp": "webp",
        ]
        return Known(names[type.lowercased()], else: "the picture's type is not known here")
    }
}
