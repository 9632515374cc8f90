import ReelFormats
import ReelModel
import Testing

/// GIF and WebP: how often, how long, and what else they hold.
struct `GIF and WebP, block by block` {
    /// One black dot: the screen, a table of two colours, the frame, its codes.
    private static let dot: [UInt8] = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]
    private static let screen: [UInt8] =
        ImageBytes.ascii("GIF89a") + [1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]

    private static func application(_ name: String, _ body: [UInt8]) -> [UInt8] {
        [0x21, 0xFF, 11] + ImageBytes.ascii(name) + body
    }

    private static func control(_ hundredths: Int) -> [UInt8] {
        [0x21, 0xF9, 4, 0] + ImageBytes.little(hundredths, 2) + [0, 0]
    }

    static let loops: [(stated: Int?, told: Int)] = [(nil, 1), (0, 0), (1, 2), (5, 6)]

    @Test(arguments: loops)
    func `how often it runs`(stated: Int?, told: Int) throws {
        var extent: [UInt8] = []
        if let stated { extent = Self.application("NETSCAPE2.0", [3, 1] + ImageBytes.little(stated, 2) + [0]) }
        let frames = Self.control(50) + Self.dot + Self.control(0) + Self.dot
        let facts = try read(Self.screen + extent + frames + [0x3B])
        #expect(facts.image?.loops == .known(told))
        #expect(facts.image?.frames == .known(2))
        // No delay is shown as a tenth of a second.
        #expect(facts.image?.duration == .known(0.6))
        #expect(facts.structureFaults == .known([]))
    }

    @Test func `comment, XMP, profile`() throws {
        // Behind the packet: 1, then 255 down to 0, which leads out whatever length was read.
        let trailer = [1] + (0...255).map { UInt8(255 - $0) } + [0]
        let facts = try read(
            Self.screen + [0x21, 0xFE, 4] + ImageBytes.ascii("made") + [0]
                + Self.application("XMP DataXMP", ImageBytes.creator + trailer)
                + Self.application("ICCRGBG1012", [1, 0, 0]) + Self.dot + [0x3B])
        #expect(
            facts.metadata == .known([MetadataEntry(.text, key: "Comment", value: "made"), ImageBytes.creatorEntry]))
        #expect(facts.image?.colorProfile == .known(true))
        #expect(facts.image?.frames == .known(1))
        #expect(facts.structureFaults == .known([]))
    }

    @Test func `how a GIF ends`() throws {
        let whole = Self.screen + Self.dot
        #expect(try read(whole).faultKinds == [.missingEnd])
        #expect(try read(whole).missingBytes == .known(1))
        #expect(try read(whole).image?.frames == .known(1))
        #expect(try read(whole + [0x3B] + ImageBytes.ascii("more")).faultKinds == [.strayBytes])
        #expect(try read(Array(whole.dropLast(2))).image?.frames.value == nil)
        #expect(try read(whole + [7]).faultKinds == [.brokenFraming])
    }

    @Test func `a million frames are counted, and more are given up`() throws {
        let million = try read(Self.screen + Array(repeatElement(Self.dot, count: 900_000).joined()) + [0x3B])
        #expect(million.image?.frames == .known(900_000))
        let more = try read(Self.screen + Array(repeatElement(Self.dot, count: 1_100_000).joined()) + [0x3B])
        #expect(more.image?.frames == .unknown("it has too many blocks to be counted"))
        #expect(more.image?.duration.value == nil)
    }

    // MARK: WebP

    private static func webp(_ chunks: [(String, [UInt8])]) -> [UInt8] {
        var body: [UInt8] = []
        for (name, content) in chunks {
            body += ImageBytes.ascii(name) + ImageBytes.little(content.count, 4) + content
            if content.count % 2 == 1 { body.append(0) }
        }
        return ImageBytes.ascii("RIFF") + ImageBytes.little(4 + body.count, 4) + ImageBytes.ascii("WEBP") + body
    }

    /// Eight by six, with alpha.
    private static let lossless: [UInt8] = [0x2F] + ImageBytes.little(7 | 5 << 14 | 1 << 28, 4) + [0]

    @Test func `what goes with a WebP picture`() throws {
        let facts = try read(
            Self.webp([
                ("VP8X", [0x3C, 0, 0, 0, 7, 0, 0, 5, 0, 0]), ("ICCP", [0]), ("VP8L", Self.lossless),
                ("EXIF", ImageBytes.tiff(ImageBytes.exif)), ("XMP ", ImageBytes.creator), ("C2PA", [1, 2]),
            ]))
        #expect(facts.image?.size == .known(Size(width: 8, height: 6)))
        #expect(facts.image?.orientation == .known(6))
        #expect(facts.image?.alpha == .known(true))
        #expect(facts.image?.colorProfile == .known(true))
        #expect(facts.image?.coding == .known("vp8l"))
        #expect(
            facts.metadata
                == .known(
                    ImageBytes.exifEntries + [
                        ImageBytes.creatorEntry,
                        MetadataEntry(.contentCredentials, key: "c2pa", value: "a manifest of 2 bytes"),
                    ]))
        #expect(facts.structureFaults == .known([]))
        #expect(facts.missingBytes == .known(0))
    }

    @Test func `a WebP animation`() throws {
        let frame = [UInt8](repeating: 0, count: 12) + ImageBytes.little(40, 3) + [0]
        let part = ImageBytes.ascii("VP8L") + ImageBytes.little(Self.lossless.count, 4) + Self.lossless
        let facts = try read(
            Self.webp([
                ("VP8X", [0x12, 0, 0, 0, 7, 0, 0, 5, 0, 0]), ("ANIM", [0, 0, 0, 0, 3, 0]), ("ANMF", frame + part),
                ("ANMF", frame + part),
            ]))
        #expect(facts.image?.frames == .known(2))
        #expect(facts.image?.duration == .known(0.08))
        #expect(facts.image?.loops == .known(3))
        #expect(facts.image?.coding == .known("vp8l"))
    }

    @Test func `sizes that disagree`() throws {
        let whole = Self.webp([("VP8L", Self.lossless)])
        #expect(try read(whole).image?.size == .known(Size(width: 8, height: 6)))
        #expect(try read(whole + ImageBytes.ascii("more")).faultKinds == [.strayBytes])
        #expect(try read(Array(whole.dropLast(3))).missingBytes == .known(3))
        var lying = whole
        lying[16] = 200
        let told = try read(lying)
        #expect(told.faultKinds == [.impossibleSize])
        #expect(try #require(told.missingBytes.value) > 0)
    }
}
