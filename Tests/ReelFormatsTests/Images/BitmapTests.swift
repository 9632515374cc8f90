import ReelFormats
import ReelModel
import Testing

/// TIFF, BMP and those of which only the header is read.
struct `TIFF, BMP and others` {
    /// Four gray dots in one strip behind the directory.
    private static func page(_ more: [(Int, ImageBytes.Value)] = [], strip: Int = 8, size: Int = 4) -> [(
        Int, ImageBytes.Value
    )] {
        let entries: [(Int, ImageBytes.Value)] =
            [
                (256, .short(2)), (257, .short(2)), (258, .short(8)), (259, .short(1)), (262, .short(1)),
                (273, .long(strip)), (279, .long(size)),
            ] + more
        return entries.sorted { $0.0 < $1.0 }
    }

    @Test func `a TIFF file with what it says of itself`() throws {
        let facts = try read(ImageBytes.tiff(Self.page(ImageBytes.exif + [(700, .bytes(ImageBytes.creator))])))
        #expect(facts.image?.size == .known(Size(width: 2, height: 2)))
        #expect(facts.image?.orientation == .known(6))
        #expect(facts.image?.colorModel == .known("gray"))
        #expect(facts.image?.coding == .known("uncompressed"))
        #expect(facts.metadata == .known(ImageBytes.exifEntries + [ImageBytes.creatorEntry]))
        #expect(facts.structureFaults == .known([]))
        #expect(facts.missingBytes == .known(0))
    }

    @Test func `strips behind the end`() throws {
        let bytes = ImageBytes.tiff(Self.page(strip: 5000, size: 100))
        let facts = try read(bytes)
        #expect(facts.faultKinds == [.samplesOutsideFile])
        #expect(facts.missingBytes == .known(5100 - Int64(bytes.count)))
    }

    @Test func `inks, depths, transparency`() throws {
        var cmyk = Self.page([(338, .short(2)), (34675, .bytes([1, 2, 3, 4, 5]))])
        cmyk = cmyk.map { $0.0 == 262 ? (262, .short(5)) : $0.0 == 258 ? (258, .short(16)) : $0 }
        let image = try #require(try read(ImageBytes.tiff(cmyk)).image)
        #expect(image.colorModel == .known("cmyk"))
        #expect(image.bitDepth == .known(16))
        #expect(image.alpha == .known(true))
        #expect(image.colorProfile == .known(true))
    }

    @Test func `several pages, and a circle of them`() throws {
        var bytes = ImageBytes.tiff(Self.page())
        let next = 8 + 2 + 12 * 7
        // A second directory like the first, behind it.
        let second = bytes.count
        bytes += bytes[8..<next] + ImageBytes.little(0, 4)
        bytes.replaceSubrange(next..<(next + 4), with: ImageBytes.little(second, 4))
        #expect(try read(bytes).image?.furtherPictures == .known(1))
        #expect(try read(bytes).structureFaults == .known([]))
        bytes.replaceSubrange((bytes.count - 4)..., with: ImageBytes.little(8, 4))
        #expect(try read(bytes).faultKinds == [.brokenIndex])
    }

    @Test func `BigTIFF`() throws {
        func entry(_ tag: Int, _ value: Int) -> [UInt8] {
            ImageBytes.little(tag, 2) + ImageBytes.little(4, 2) + ImageBytes.little(1, 8) + ImageBytes.little(value, 8)
        }
        var bytes = ImageBytes.ascii("II") + ImageBytes.little(43, 2) + ImageBytes.little(8, 4)
        bytes += ImageBytes.little(16, 8) + ImageBytes.little(4, 8)
        bytes += entry(256, 70000) + entry(257, 3) + entry(273, 16) + entry(279, 4) + ImageBytes.little(0, 8)
        let facts = try read(bytes)
        #expect(facts.image?.size == .known(Size(width: 70000, height: 3)))
        #expect(facts.missingBytes == .known(0))
        #expect(facts.image?.bitDepth == .known(1))
    }

    // MARK: BMP

    private static func bmp(width: Int, height: Int, bits: Int, pixels: Int, compression: Int = 0) -> [UInt8] {
        var bytes = ImageBytes.ascii("BM")
        for number in [54 + pixels, 0, 54, 40, width, height] { bytes += ImageBytes.little(number, 4) }
        bytes += [1, 0] + ImageBytes.little(bits, 2) + ImageBytes.little(compression, 4)
        return bytes + [UInt8](repeating: 0, count: 20 + pixels)
    }

    @Test func `rows from the top, sizes against the file`() throws {
        let whole = try read(Self.bmp(width: 3, height: -2, bits: 24, pixels: 24))
        #expect(whole.image?.size == .known(Size(width: 3, height: 2)))
        #expect(whole.structureFaults == .known([]))
        #expect(whole.missingBytes == .known(0))
        let cut = try read(Self.bmp(width: 3, height: 2, bits: 24, pixels: 20))
        #expect(cut.faultKinds == [.samplesOutsideFile])
        #expect(cut.missingBytes == .known(4))
    }

    @Test func `pixels that there are not`() throws {
        #expect(try read(Self.bmp(width: 1, height: 1, bits: 31, pixels: 4)).faultKinds == [.brokenIndex])
    }

    // MARK: Others

    @Test func `an icon shows its largest picture`() throws {
        let png = try Fixture(name: "passes-rgb.png").bytes()
        let small = [UInt8](repeating: 0, count: 40)
        var bytes: [UInt8] = [0, 0, 1, 0, 2, 0, 16, 16, 0, 0, 1, 0, 32, 0]
        bytes += ImageBytes.little(40, 4) + ImageBytes.little(38, 4)
        bytes += [64, 48, 0, 0, 1, 0, 32, 0]
        bytes += ImageBytes.little(png.count, 4) + ImageBytes.little(78, 4) + small + png
        let facts = try read(bytes)
        #expect(facts.type == .known(.ico))
        #expect(facts.image?.size == .known(Size(width: 64, height: 48)))
        #expect(facts.image?.furtherPictures == .known(1))
        #expect(facts.missingBytes == .known(0))
    }

    @Test func `Photoshop's header`() throws {
        var bytes = ImageBytes.ascii("8BPS") + [0, 1, 0, 0, 0, 0, 0, 0] + ImageBytes.big(4, 2)
        bytes += ImageBytes.big(30, 4) + ImageBytes.big(40, 4) + ImageBytes.big(16, 2) + ImageBytes.big(4, 2)
        bytes += ImageBytes.big(0, 4) + ImageBytes.big(0, 4)
        let image = try #require(try read(bytes).image)
        #expect(image.size == .known(Size(width: 40, height: 30)))
        #expect(image.colorModel == .known("cmyk"))
        #expect(image.bitDepth == .known(16))
        #expect(image.alpha == .known(false))
    }

    @Test func `JPEG 2000, in boxes and bare`() throws {
        var size = ImageBytes.big(0, 2)
        for number in [120, 90, 20, 10] { size += ImageBytes.big(number, 4) }
        size += [UInt8](repeating: 0, count: 18) + [7, 1, 1]
        let bare = try read([0xFF, 0x4F, 0xFF, 0x51, 0, 47] + size)
        #expect(bare.type == .known(.jp2))
        #expect(bare.image?.size == .known(Size(width: 100, height: 80)))
    }
}
