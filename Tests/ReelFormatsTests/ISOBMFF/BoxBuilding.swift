import ReelFormats
import ReelModel

func fourCC(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8($0.value) } }
func be16(_ value: Int) -> [UInt8] { [UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)] }
func be32(_ value: Int) -> [UInt8] { be16(value >> 16 & 0xFFFF) + be16(value & 0xFFFF) }
func be64(_ value: Int) -> [UInt8] { be32(value >> 32 & 0xFFFF_FFFF) + be32(value & 0xFFFF_FFFF) }
func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

func box(_ type: String, _ parts: [UInt8]...) -> [UInt8] {
    let body = parts.flatMap { $0 }
    return be32(8 + body.count) + fourCC(type) + body
}

/// A box with version and flags.
func full(_ type: String, version: Int = 0, flags: Int = 0, _ parts: [UInt8]...) -> [UInt8] {
    box(type, be32(version << 24 | flags) + parts.flatMap { $0 })
}

/// A table: version and flags, the number of entries, the entries.
func table(_ type: String, count: Int? = nil, _ entries: [[Int]]) -> [UInt8] {
    full(type, be32(count ?? entries.count) + entries.flatMap { $0.flatMap(be32) })
}

/// A film of ten pictures of 100 bytes in five chunks, 25 a second, whole and true in every box until a test says
/// otherwise. The media data comes before the index.
struct Film {
    var brand = "isom"
    var timescale = 1000
    var movieTimescale = 1000
    var movieDuration = 400
    var mediaDuration = 400
    var id = 1
    var handler = "vide"
    var entry = "mp4v"
    /// Boxes behind the fixed fields of the sample entry.
    var entryParts: [UInt8] = []
    var times = [[10, 40]]
    var sizes = [Int](repeating: 100, count: 10)
    var runs = [[1, 2, 1]]
    var chunks: [Int] = (0..<5).map { 40 + $0 * 200 }
    var reference = full("url ", flags: 1)
    /// In place of, or beside, the tables.
    var tables: [String: [UInt8]] = [:]
    var further: [UInt8] = []
    var edits: [UInt8] = []
    /// In the index, behind the track.
    var inIndex: [UInt8] = []
    /// Before and behind the index.
    var before: [UInt8] = []
    var behind: [UInt8] = []
    var media = [UInt8](repeating: 0xAB, count: 1000)

    var header: [UInt8] {
        full(
            "mvhd",
            zeros(8) + be32(movieTimescale) + be32(movieDuration) + be32(0x10000) + zeros(12) + Film.matrix + zeros(28))
    }

    static let matrix = be32(0x10000) + zeros(12) + be32(0x10000) + zeros(12) + be32(0x4000_0000)

    var sampleEntry: [UInt8] {
        handler == "soun"
            ? box(
                entry,
                zeros(6) + be16(1) + zeros(8) + be16(2) + be16(16) + zeros(4) + be16(48000) + zeros(2) + entryParts)
            : box(entry, zeros(6) + be16(1) + zeros(16) + be16(64) + be16(48) + zeros(50) + entryParts)
    }

    var track: [UInt8] {
        func part(_ name: String, _ usual: [UInt8]) -> [UInt8] { tables[name] ?? usual }
        let sampleTable = box(
            "stbl", part("stsd", full("stsd", be32(1) + sampleEntry)), part("stts", table("stts", times)),
            part("stsz", full("stsz", be32(0) + be32(sizes.count) + sizes.flatMap(be32))),
            part("stsc", table("stsc", runs)), part("stco", table("stco", chunks.map { [$0] })), further)
        return box(
            "trak",
            full("tkhd", flags: 3, zeros(8) + be32(id) + zeros(4) + be32(400) + zeros(16) + Film.matrix + zeros(8)),
            edits,
            box(
                "mdia", full("mdhd", zeros(8) + be32(timescale) + be32(mediaDuration) + zeros(4)),
                full("hdlr", zeros(4) + fourCC(handler) + zeros(13)),
                box("minf", box("dinf", full("dref", be32(1) + reference)), sampleTable)))
    }

    var index: [UInt8] { box("moov", header, track, inIndex) }

    var bytes: [UInt8] {
        // 24 and 8: the media data begins at byte 32, where the chunks expect it to at 40 with the header.
        box("ftyp", fourCC(brand) + zeros(4) + fourCC("isom") + fourCC(brand))
            + box("free") + box("mdat", media) + before + index + behind
    }

    func facts() throws -> Facts { try Film.facts(bytes) }

    static func facts(_ bytes: [UInt8]) throws -> Facts {
        var source = MemorySource(bytes)
        return try HeaderReader.facts(of: &source, name: "film.mp4")
    }
}
