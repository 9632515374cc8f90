import ReelFormats
import ReelModel

/// Images put together byte by byte.
enum ImageBytes {
    static func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }
    static func big(_ value: Int, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * (size - 1 - $0))) }
    }
    static func little(_ value: Int, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    // MARK: JPEG

    static func segment(_ mark: UInt8, _ body: [UInt8]) -> [UInt8] { [0xFF, mark] + big(body.count + 2, 2) + body }

    /// A fixture with segments behind its first mark.
    static func jpeg(_ segments: [[UInt8]], name: String = "passes-upright.jpg") throws -> [UInt8] {
        let plain = try Fixture(name: name).bytes()
        return Array(plain[..<2]) + segments.flatMap { $0 } + plain[2...]
    }

    /// An index of pictures (CIPA DC-007) whose places count from behind its name, `base` bytes into the file.
    static func pictureIndex(_ pictures: [(size: Int, offset: Int)]) -> [UInt8] {
        var structure = ascii("MPF\0") + ascii("MM") + big(42, 2) + big(8, 4) + big(2, 2)
        structure += big(0xB001, 2) + big(4, 2) + big(1, 4) + big(pictures.count, 4)
        structure += big(0xB002, 2) + big(7, 2) + big(16 * pictures.count, 4) + big(38, 4) + big(0, 4)
        for picture in pictures { structure += big(0, 4) + big(picture.size, 4) + big(picture.offset, 4) + big(0, 4) }
        return segment(0xE2, structure)
    }

    // MARK: PNG

    static func chunk(_ type: String, _ body: [UInt8]) -> [UInt8] {
        let covered = ascii(type) + body
        return big(body.count, 4) + covered + big(Int(checksum(covered)), 4)
    }

    /// CRC-32, bit by bit.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum: UInt32 = .max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }

    /// A fixture with chunks behind its header, or before its end.
    static func png(_ chunks: [[UInt8]], name: String = "passes-rgb.png") throws -> [UInt8] {
        let plain = try Fixture(name: name).bytes()
        return Array(plain[..<33]) + chunks.flatMap { $0 } + plain[33...]
    }

    // MARK: TIFF

    enum Value {
        case text(String)
        case short(Int)
        case long(Int)
        case fractions([(Int, Int)])
        case bytes([UInt8])
        /// Another directory: its tags, and their values.
        case directory([Int], [Value])
    }

    /// A TIFF structure, little-endian, of one directory.
    static func tiff(_ entries: [(Int, Value)]) -> [UInt8] {
        ascii("II") + little(42, 2) + little(8, 4) + directory(entries, at: 8)
    }

    private static func directory(_ entries: [(Int, Value)], at start: Int) -> [UInt8] {
        var table = little(entries.count, 2)
        var values: [UInt8] = []
        let room = start + 2 + 12 * entries.count + 4
        for (tag, value) in entries {
            let kind: Int
            let count: Int
            var bytes: [UInt8]
            switch value {
            case .text(let text):
                (kind, bytes) = (2, ascii(text) + [0])
                count = bytes.count
            case .short(let number): (kind, count, bytes) = (3, 1, little(number, 2))
            case .long(let number): (kind, count, bytes) = (4, 1, little(number, 4))
            case .fractions(let parts):
                (kind, count) = (5, parts.count)
                bytes = parts.flatMap { little($0.0, 4) + little($0.1, 4) }
            case .bytes(let raw): (kind, count, bytes) = (7, raw.count, raw)
            case .directory(let tags, let inner):
                (kind, count, bytes) = (4, 1, little(room + values.count, 4))
                values += directory(Array(zip(tags, inner)), at: room + values.count)
            }
            table += little(tag, 2) + little(kind, 2) + little(count, 4)
            if bytes.count > 4 {
                table += little(room + values.count, 4)
                values += bytes
            } else {
                table += bytes + [UInt8](repeating: 0, count: 4 - bytes.count)
            }
        }
        return table + little(0, 4) + values
    }

    /// What a telephone writes: maker, owner, time and place.
    static let exif: [(Int, Value)] = [
        (270, .text("A picture")), (271, .text("Test Works")), (272, .text("One")), (274, .short(6)),
        (305, .text("2.1")), (306, .text("2026:11:24 03:00:00")), (315, .text("Ada Byron")),
        (34665, .directory([42032, 42033], [.text("Ada Byron"), .text("0042")])),
        (
            34853,
            .directory(
                [1, 2, 3, 4],
                [
                    .text("N"), .fractions([(48, 1), (12, 1), (2952, 100)]),
                    .text("W"), .fractions([(16, 1), (22, 1), (2568, 100)]),
                ])
        ),
    ]

    static let exifEntries = [
        MetadataEntry(.text, key: "ImageDescription", value: "A picture"),
        MetadataEntry(.device, key: "Make", value: "Test Works"), MetadataEntry(.device, key: "Model", value: "One"),
        MetadataEntry(.software, key: "Software", value: "2.1"),
        MetadataEntry(.time, key: "DateTime", value: "2026:11:24 03:00:00"),
        MetadataEntry(.person, key: "Artist", value: "Ada Byron"),
        MetadataEntry(.person, key: "CameraOwnerName", value: "Ada Byron"),
        MetadataEntry(.device, key: "BodySerialNumber", value: "0042"),
        MetadataEntry(.place, key: "GPSLatitude", value: "48.2082, -16.3738"),
    ]

    // MARK: XMP

    static func xmp(_ property: String, space: String) -> [UInt8] {
        ascii(
            """
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
            <rdf:Description rdf:about="" xmlns:p="\(space)" \(property)/></rdf:RDF></x:xmpmeta>
            """)
    }

    static let creator = xmp("p:creator=\"Ada Byron\"", space: "http://purl.org/dc/elements/1.1/")
    static let creatorEntry = MetadataEntry(.person, key: "dc:creator", value: "Ada Byron")
}

func read(_ bytes: [UInt8], _ name: String = "a", followsPictures: Bool = false) throws -> Facts {
    var source = MemorySource(bytes)
    return try HeaderReader.facts(of: &source, name: name, followsPictures: followsPictures)
}

extension Facts {
    var faultKinds: [StructureFault.Kind]? { structureFaults.value?.map(\.kind) }
}
