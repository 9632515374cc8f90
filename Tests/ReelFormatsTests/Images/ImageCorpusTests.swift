import Foundation
import ReelFormats
import ReelModel
import ReelTestSupport
import Testing

/// Images of strangers, and our own, against what exiftool says of them.
struct `Images as exiftool sees them` {
    /// Where the two differ, who is right.
    struct Difference {
        let file: String
        let field: String
        let why: String
    }

    static let differences = [
        Difference(
            file: "tests__bad__bmp__Bad_badbitcount.bmp", field: "bitDepth",
            why: "There are no pixels of 30000 bits; it repeats the number."),
        Difference(
            file: "images__png__smallest-invalid.png", field: "colorModel", why: "It reads no further than the size."),
    ]

    static let folders: [URL] = [Places.shared("corpus/images"), Places.shared("corpus/minimal")].compactMap { $0 }

    @Test(arguments: folders + [Places.fixtures])
    func `what both say is the same`(folder: URL) throws {
        var ours: [String: ImageFacts] = [:]
        var metadata: [String: [MetadataEntry]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)) {
            guard let content = try? Data(contentsOf: folder.appending(path: name)) else { continue }  // a folder
            var source = MemorySource(Array(content))
            let facts = try HeaderReader.facts(of: &source, name: name)
            ours[name] = facts.image
            metadata[name] = facts.metadata.value
        }
        let paths = ours.keys.sorted().map { folder.appending(path: $0).path(percentEncoded: false) }
        let text = try ExternalTool("exiftool").run(["-n", "-j", "-q", "-m"] + paths).output
        let told = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]] ?? []
        #expect(told.count == ours.count)
        for file in told {
            guard let name = file["FileName"] as? String, let image = ours[name] else { continue }
            let excused = Self.differences.filter { $0.file == name }.map(\.field)
            for (field, mine, theirs) in Self.pairs(image, file) where !excused.contains(field) {
                #expect(mine == theirs, "\(name): \(field)")
            }
            Self.expectMetadata(metadata[name] ?? [], file, name)
        }
    }

    /// The fields on which both speak, in our words.
    private static func pairs(_ image: ImageFacts, _ told: [String: Any]) -> [(String, String, String)] {
        var pairs: [(String, String, String)] = []
        func pair(_ field: String, _ mine: (some CustomStringConvertible)?, _ theirs: String?) {
            if let mine, let theirs { pairs.append((field, "\(mine)", theirs)) }
        }
        func number(_ key: String) -> Int? { (told[key] as? NSNumber)?.intValue }
        let type = told["FileType"] as? String ?? ""
        pair("width", image.width.value, number("ImageWidth").map { "\($0)" })
        pair("height", image.height.value, number("ImageHeight").map { "\($0)" })
        // In HEIF, properties turn the picture, and EXIF only repeats them.
        pair("orientation", image.orientation.value, number("Orientation").map { "\($0)" })
        pair("frames", image.frames.value, (number("FrameCount") ?? number("AnimationFrames")).map { "\($0)" })
        // It counts repetitions in GIF, we count runs.
        if type == "GIF", let repetitions = number("AnimationIterations"), image.frames.value != 1 {
            pair("loops", image.loops.value, "\(repetitions == 0 ? 0 : repetitions + 1)")
        }
        if let runs = number("AnimationPlays") ?? number("AnimationLoopCount"), image.frames.value != 1 {
            pair("loops", image.loops.value, "\(runs)")
        }
        if type == "PNG" || type == "APNG" {
            pair("bitDepth", image.bitDepth.value, number("BitDepth").map { "\($0)" })
            let models = [0: "gray", 2: "rgb", 3: "palette", 4: "gray", 6: "rgb"]
            pair("colorModel", image.colorModel.value, number("ColorType").flatMap { models[$0] })
        }
        if type == "JPEG" {
            let codings = [
                0: "baseline", 1: "extended", 2: "progressive", 3: "lossless", 9: "extended-arithmetic",
                10: "progressive-arithmetic",
            ]
            pair("coding", image.coding.value, number("EncodingProcess").flatMap { codings[$0] })
            pair("bitDepth", image.bitDepth.value, number("BitsPerSample").map { "\($0)" })
            let colors = ["gray": 1, "rgb": 3, "ycbcr": 3, "cmyk": 4, "ycck": 4]
            pair("colorModel", image.colorModel.value.flatMap { colors[$0] }, number("ColorComponents").map { "\($0)" })
        }
        pair("colorProfile", image.colorProfile.value, told["ProfileClass"] == nil ? nil : "true")
        return pairs
    }

    /// What gives away a place or a person is found wherever exiftool finds it.
    private static func expectMetadata(_ entries: [MetadataEntry], _ told: [String: Any], _ name: String) {
        let keys: [(String, MetadataEntry.Kind)] = [
            ("Make", .device), ("Model", .device), ("Artist", .person), ("Creator", .person), ("OwnerName", .person),
            ("SerialNumber", .device), ("City", .place), ("Country-PrimaryLocationName", .place), ("By-line", .person),
            ("DigitalSourceType", .digitalSourceType),
        ]
        for (key, kind) in keys {
            guard let value = told[key].map({ "\($0)" }), !value.isEmpty else { continue }
            #expect(entries.contains { $0.kind == kind }, "\(name): \(key) is \(value)")
        }
        if let latitude = (told["GPSLatitude"] as? NSNumber)?.doubleValue {
            let places = entries.filter { $0.kind == .place }.compactMap { $0.value.split(separator: ",").first }
            #expect(
                places.contains { abs((Double($0) ?? .infinity) - latitude) < 0.000_01 }, "\(name): GPS \(latitude)")
        }
    }
}
