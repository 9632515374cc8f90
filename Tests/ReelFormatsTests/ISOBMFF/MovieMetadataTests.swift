import Foundation
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelFormats

struct `Metadata of ISO BMFF` {
    struct Source: CustomTestStringConvertible {
        let testDescription: String
        let film: Film
        let entries: [MetadataEntry]

        init(_ name: String, _ entries: [MetadataEntry], _ change: (inout Film) -> Void) {
            testDescription = name
            var film = Film()
            change(&film)
            self.film = film
            self.entries = entries
        }
    }

    private static func quickTime(_ type: String, _ text: String) -> [UInt8] {
        box(type, be16(text.utf8.count) + be16(0x15C7) + Array(text.utf8))
    }
    private static func asset(_ type: String, _ text: String) -> [UInt8] {
        full(type, be16(0x15C7) + Array(text.utf8) + [0])
    }
    private static func value(_ text: String, kind: Int = 1) -> [UInt8] {
        box("data", be32(kind) + be32(0) + Array(text.utf8))
    }
    private static func handler(_ type: String) -> [UInt8] { full("hdlr", zeros(4) + fourCC(type) + zeros(13)) }

    static let xmp = """
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="Cutter 3"/></rdf:RDF></x:xmpmeta>
        """
    static let xmpType: [UInt8] = [
        0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC,
    ]
    static let c2paType: [UInt8] = [
        0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81,
    ]
    static let sony = """
        <?xml version="1.0" encoding="UTF-8"?><NonRealTimeMeta><CreationDate value="2024-05-01T10:00:00+02:00"/>
        <Device manufacturer="Sony" modelName="ILCE-7SM3" serialNumber="123"/><AcquisitionRecord>
        <Group name="ExifGPS"><Item name="LatitudeRef" value="N"/><Item name="Latitude" value="48:12:29.520"/>
        <Item name="LongitudeRef" value="W"/><Item name="Longitude" value="16:22:25.680"/></Group>
        """

    static let sources = [
        Source(
            "QuickTime's annotations",
            [
                .init(.place, key: "©xyz", value: "48.2082, -16.3738"), .init(.device, key: "©mak", value: "Maker"),
                .init(.software, key: "©swr", value: "9.1"),
            ]
        ) {
            $0.inIndex = box(
                "udta", quickTime("©xyz", "+48.2082-016.3738/"), quickTime("©mak", "Maker"), quickTime("©swr", "9.1"),
                zeros(4))
        },
        Source(
            "3GPP's assets",
            [
                .init(.text, key: "titl", value: "Hügel"), .init(.person, key: "auth", value: "Ada"),
                .init(.place, key: "loci", value: "Graz"), .init(.place, key: "loci", value: "47.25, 15.5"),
            ]
        ) {
            $0.inIndex = box(
                "udta", asset("titl", "Hügel"), asset("auth", "Ada"),
                full(
                    "loci",
                    be16(0x15C7) + Array("Graz".utf8) + [0, 0] + be32(Int(15.5 * 65536))
                        + be32(Int(47.25 * 65536))
                        + be32(0) + [0, 0]))
        },
        Source(
            "QuickTime's keys",
            [
                .init(.place, key: "com.apple.quicktime.location.ISO6709", value: "48.2082, 16.3738"),
                .init(.device, key: "com.apple.quicktime.model", value: "Phone 99"),
                .init(.software, key: "com.apple.quicktime.software", value: "27.1"),
                .init(.time, key: "com.apple.quicktime.creationdate", value: "2026-01-01T00:00:00+0100"),
                .init(.person, key: "com.apple.quicktime.author", value: "Ada"),
            ]
        ) {
            let keys = ["location.ISO6709", "model", "software", "creationdate", "author"]
            let values = ["+48.2082+016.3738+100/", "Phone 99", "27.1", "2026-01-01T00:00:00+0100", "Ada"]
            $0.inIndex = box(
                "meta", handler("mdta"),
                full("keys", be32(5) + keys.flatMap { box("mdta", Array("com.apple.quicktime.\($0)".utf8)) }),
                box(
                    "ilst",
                    values.enumerated().flatMap { number, text -> [UInt8] in
                        let item = value(text)
                        return be32(8 + item.count) + be32(number + 1) + item
                    }))
        },
        Source(
            "an item list",
            [
                .init(.text, key: "©nam", value: "A title"), .init(.software, key: "©too", value: "Encoder"),
                .init(.person, key: "Photographer Person", value: "Bob"),
            ]
        ) {
            $0.inIndex = box(
                "udta",
                full(
                    "meta", handler("mdir"),
                    box(
                        "ilst", box("©nam", value("A title")), box("©too", value("Encoder")),
                        box("tmpo", value("12", kind: 21)),
                        box(
                            "----", full("mean", Array("org.x".utf8)), full("name", Array("Photographer Person".utf8)),
                            value("Bob")),
                        box(
                            "----", full("mean", Array("com.apple".utf8)), full("name", Array("iTunSMPB".utf8)),
                            value("0"))
                    )))
        },
        Source("XMP behind the film", [.init(.software, key: "xmp:CreatorTool", value: "Cutter 3")]) {
            $0.behind = box("uuid", xmpType, Array(xmp.utf8))
        },
        Source("XMP in user data", [.init(.software, key: "xmp:CreatorTool", value: "Cutter 3")]) {
            $0.inIndex = box("udta", box("XMP_", Array(xmp.utf8)))
        },
        Source(
            "content credentials",
            [
                .init(.contentCredentials, key: "uuid C2PA", value: "Generator/1.0"),
                .init(
                    .digitalSourceType, key: "digitalSourceType",
                    value: "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"),
            ]
        ) {
            let claim = Array("claim_generator".utf8) + [0x6D] + Array("Generator/1.0".utf8)
            let source = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
            $0.before = box(
                "uuid", c2paType,
                zeros(4) + Array("manifest".utf8) + zeros(9) + claim + [0x78, 70] + Array(source.utf8))
        },
        Source(
            "Sony's XML",
            [
                .init(.time, key: "CreationDate", value: "2024-05-01T10:00:00+02:00"),
                .init(.device, key: "manufacturer", value: "Sony"),
                .init(.device, key: "modelName", value: "ILCE-7SM3"), .init(.device, key: "serialNumber", value: "123"),
                .init(.place, key: "Latitude", value: "48.2082, -16.3738"),
            ]
        ) { $0.behind = full("meta", handler("nrtm"), full("xml ", Array(sony.utf8))) },
        Source(
            "GoPro's data",
            [
                .init(.software, key: "FIRM", value: "HD9.01"), .init(.device, key: "CAME", value: "0a0b0c0d"),
                .init(.place, key: "gpmd", value: "a track of telemetry, which may hold positions"),
            ]
        ) {
            $0.inIndex = box("udta", box("FIRM", Array("HD9.01".utf8)), box("CAME", [10, 11, 12, 13]))
            ($0.handler, $0.entry) = ("meta", "gpmd")
        },
    ]

    @Test(arguments: sources)
    func `what a file says of its making`(source: Source) throws {
        let facts = try source.film.facts()
        #expect(facts.metadata == .known(source.entries))
        #expect(facts.structureFaults == .known([]))
    }

    @Test(arguments: sources)
    func `cut or altered it does no harm`(source: Source) throws {
        let bytes = source.film.bytes
        for at in stride(from: 1050, to: bytes.count, by: 11) {
            _ = try Film.facts(Array(bytes[..<at]))
            var altered = bytes
            altered[at] = 0xFF
            _ = try Film.facts(altered)
        }
    }

    @Test func `the time of making`() throws {
        var film = Film()
        film.movieTimescale = 1000
        var bytes = film.bytes
        let header = try #require(bytes.indices.first { Array(bytes[$0...].prefix(4)) == fourCC("mvhd") })
        bytes.replaceSubrange(header + 8..<header + 12, with: be32(2_082_844_800 + 951_782_399))
        #expect(
            try Film.facts(bytes).metadata
                == .known([MetadataEntry(.time, key: "creation_time", value: "2000-02-28T23:59:59Z")]))
    }

    /// Our entry's key, and exiftool's name for the same.
    static let pairs: [(String, String)] = [
        ("©mak", "Make"), ("©swr", "SoftwareVersion"), ("titl", "Title"), ("auth", "Author"),
        ("com.apple.quicktime.model", "Model"), ("com.apple.quicktime.software", "Software"),
        ("com.apple.quicktime.author", "Author"), ("©nam", "Title"), ("©too", "Encoder"),
        ("xmp:CreatorTool", "CreatorTool"), ("FIRM", "FirmwareVersion"),
    ]

    @Test func `exiftool agrees`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "metadata-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var compared = 0
        for (number, source) in Self.sources.enumerated() {
            let file = folder.appending(path: "\(number).mp4")
            try Data(source.film.bytes).write(to: file)
            let text = try ExternalTool("exiftool").run(["-j", "-n", file.path(percentEncoded: false)]).output
            let told =
                try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]).first ?? [:]
            for entry in source.entries {
                if let name = Self.pairs.first(where: { $0.0 == entry.key })?.1, let theirs = told[name] {
                    #expect("\(theirs)" == entry.value)
                    compared += 1
                }
                if entry.kind == .place, let theirs = told["GPSCoordinates"] as? String {
                    let numbers = theirs.split(separator: " ").prefix(2).joined(separator: ", ")
                    #expect(numbers == entry.value)
                    compared += 1
                }
            }
        }
        #expect(compared >= 10)
    }
}
