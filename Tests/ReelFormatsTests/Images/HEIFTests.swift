import ReelFormats
import ReelModel
import Testing

struct `HEIF and AVIF` {
    @Test func `transparency and a thumbnail are no further pictures`() throws {
        let facts = try Fixture(name: "fires-type-not-accepted-heic.heic").facts()
        let image = try #require(facts.image)
        #expect(image.size == .known(Size(width: 64, height: 48)))
        #expect(image.alpha == .known(true))
        #expect(image.furtherPictures == .known(0))
        #expect(image.coding == .known("hevc"))
        #expect(image.bitDepth == .known(8))
        #expect(image.colorModel == .known("ycbcr"))
        #expect(image.frames == .known(1))
        #expect(facts.structureFaults == .known([]))
        #expect(facts.missingBytes == .known(0))
        #expect(facts.encrypted == .known(false))
    }

    @Test func `ten bits in PQ, turned and mirrored, from somewhere`() throws {
        let facts = try Fixture(name: "fires-type-not-accepted-avif.avif").facts()
        let image = try #require(facts.image)
        // A quarter to the left, then top and bottom exchanged: EXIF's number 5, which the file's EXIF says as well.
        #expect(image.orientation == .known(5))
        #expect(image.displaySize == .known(Size(width: 48, height: 64)))
        #expect(image.bitDepth == .known(10))
        #expect(image.color.primaries == .known("bt2020"))
        #expect(image.color.transfer == .known("smpte2084"))
        #expect(image.color.range == .known("pc"))
        #expect(image.color.dynamicRange == .known(.pq))
        #expect(
            facts.metadata
                == .known([
                    MetadataEntry(.device, key: "Make", value: "Test Works"),
                    MetadataEntry(.device, key: "Model", value: "One"),
                    MetadataEntry(.place, key: "GPSLatitude", value: "48.2082, 16.3738"), ImageBytes.creatorEntry,
                ]))
    }

    @Test func `parts in a grid are one picture`() throws {
        let facts = try Fixture(name: "fires-type-not-accepted-avif-grid.avif").facts()
        #expect(facts.image?.size == .known(Size(width: 128, height: 128)))
        #expect(facts.image?.coding == .known("av1"))
        #expect(facts.image?.bitDepth == .known(8))
        #expect(facts.image?.furtherPictures == .known(0))
        #expect(facts.structureFaults == .known([]))
    }

    @Test func `a film`() throws {
        let facts = try Fixture(name: "fires-type-not-accepted-avif-sequence.avif").facts()
        #expect(facts.image?.frames == .known(3))
        #expect(abs(try #require(facts.duration.value) - 0.3) < 0.001)
        #expect(facts.image?.size == .known(Size(width: 64, height: 48)))
        #expect(facts.structureFaults == .known([]))
    }

    @Test(arguments: ["fires-type-not-accepted-heic.heic", "fires-type-not-accepted-avif-grid.avif"])
    func `items behind the end`(name: String) throws {
        let whole = try Fixture(name: name).bytes()
        let facts = try read(Array(whole.dropLast(100)), name)
        #expect(facts.missingBytes == .known(100))
        #expect(facts.faultKinds == [.samplesOutsideFile])
        #expect(facts.image?.size.value != nil)
    }

    @Test func `no table of items`() throws {
        let whole = try Fixture(name: "fires-type-not-accepted-heic.heic").bytes()
        let facts = try read(Array(whole[..<32]))
        #expect(facts.image?.size.value == nil)
        #expect(facts.structureFaults.value == nil)
        #expect(try #require(facts.missingBytes.value) >= 8)
    }

    /// Eight turns and mirrors, by the properties that make them (ISO/IEC 23008-12, 6.5.10 and 6.5.12).
    static let turns: [(left: UInt8, mirror: UInt8?, number: Int)] = [
        (0, nil, 1), (0, 1, 2), (2, nil, 3), (0, 0, 4), (1, 0, 5), (3, nil, 6), (3, 0, 7), (1, nil, 8),
    ]

    @Test(arguments: turns)
    func `turns and mirrors`(left: UInt8, mirror: UInt8?, number: Int) throws {
        var bytes = try Fixture(name: "fires-type-not-accepted-avif.avif").bytes()
        let turn = try #require(bytes.indices.first { Array(bytes[$0...].prefix(4)) == ImageBytes.ascii("irot") })
        let flip = try #require(bytes.indices.first { Array(bytes[$0...].prefix(4)) == ImageBytes.ascii("imir") })
        bytes[turn + 4] = left
        if let mirror {
            bytes[flip + 4] = mirror
        } else {
            bytes.replaceSubrange(flip..<(flip + 4), with: ImageBytes.ascii("free"))
        }
        #expect(try read(bytes).image?.orientation == .known(number))
    }
}
