import ReelFormats
import ReelModel
import Testing

struct `JPEG, segment by segment` {
    private static let prefix = ImageBytes.ascii("Exif\0\0")

    @Test func `EXIF says how to hold it, who took it and where`() throws {
        let facts = try read(
            ImageBytes.jpeg([ImageBytes.segment(0xE1, Self.prefix + ImageBytes.tiff(ImageBytes.exif))]))
        #expect(facts.image?.orientation == .known(6))
        #expect(facts.metadata == .known(ImageBytes.exifEntries))
        #expect(facts.structureFaults == .known([]))
        #expect(facts.missingBytes == .known(0))
    }

    @Test func `XMP, whole and in extended pieces`() throws {
        let whole = ImageBytes.ascii("http://ns.adobe.com/xap/1.0/\0") + ImageBytes.creator
        #expect(
            try read(ImageBytes.jpeg([ImageBytes.segment(0xE1, whole)])).metadata == .known([ImageBytes.creatorEntry]))

        let digest = [UInt8](repeating: 0x41, count: 32)
        let pieces = stride(from: 0, to: ImageBytes.creator.count, by: 100).map { at in
            ImageBytes.segment(
                0xE1,
                ImageBytes.ascii("http://ns.adobe.com/xmp/extension/\0") + digest
                    + ImageBytes.big(ImageBytes.creator.count, 4) + ImageBytes.big(at, 4)
                    + ImageBytes.creator[at..<min(at + 100, ImageBytes.creator.count)])
        }
        #expect(try read(ImageBytes.jpeg(pieces)).metadata == .known([ImageBytes.creatorEntry]))
    }

    @Test func `IPTC by the agencies' numbers`() throws {
        func set(_ number: UInt8, _ text: String) -> [UInt8] {
            [0x1C, 2, number] + ImageBytes.big(text.utf8.count, 2) + ImageBytes.ascii(text)
        }
        let sets = set(80, "Ada Byron") + set(90, "Wien") + set(101, "Österreich")
        let resource =
            ImageBytes.ascii("8BIM") + ImageBytes.big(0x0404, 2) + [0, 0] + ImageBytes.big(sets.count, 4) + sets
        let bytes = try ImageBytes.jpeg([ImageBytes.segment(0xED, ImageBytes.ascii("Photoshop 3.0\0") + resource)])
        #expect(
            try read(bytes).metadata
                == .known([
                    MetadataEntry(.person, key: "By-line", value: "Ada Byron"),
                    MetadataEntry(.place, key: "City", value: "Wien"),
                    MetadataEntry(.place, key: "Country-PrimaryLocationName", value: "Österreich"),
                ]))
    }

    @Test func `content credentials`() throws {
        let description = ImageBytes.big(25, 4) + ImageBytes.ascii("jumdc2pa") + [UInt8](repeating: 0, count: 13)
        let box = ImageBytes.big(8 + description.count, 4) + ImageBytes.ascii("jumb") + description
        let bytes = try ImageBytes.jpeg([
            ImageBytes.segment(0xEB, ImageBytes.ascii("JP") + ImageBytes.big(1, 2) + ImageBytes.big(1, 4) + box)
        ])
        #expect(try read(bytes).metadata.value?.map(\.kind) == [.contentCredentials])
    }

    static let models: [(transform: UInt8, model: String)] = [(0, "cmyk"), (2, "ycck")]

    @Test(arguments: models)
    func `four colours, by Adobe's word`(transform: UInt8, model: String) throws {
        var bytes = try Fixture(name: "passes-cmyk.jpg").bytes()
        let adobe = try #require(bytes.indices.first { Array(bytes[$0...].prefix(5)) == ImageBytes.ascii("Adobe") })
        bytes[adobe + 11] = transform
        #expect(try read(bytes).image?.colorModel == .known(model))
    }

    static let codings: [(mark: UInt8, coding: String)] = [
        (0xC1, "extended"), (0xC2, "progressive"), (0xC3, "lossless"), (0xC9, "extended-arithmetic"),
        (0xCA, "progressive-arithmetic"), (0xCD, "hierarchical-arithmetic"), (0xF7, "jpeg-ls"),
    ]

    @Test(arguments: codings)
    func `how it is coded`(mark: UInt8, coding: String) throws {
        var bytes = try Fixture(name: "passes-gray.jpg").bytes()
        let frame = try #require(bytes.indices.first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC0 })
        bytes[frame + 1] = mark
        #expect(try read(bytes).image?.coding == .known(coding))
        #expect(try Fixture(name: "passes-gray.jpg").facts().image?.coding == .known("baseline"))
    }

    // MARK: How it ends

    @Test(arguments: ["passes-upright.jpg", "passes-gray.jpg", "passes-cmyk.jpg"])
    func `whole but for its end mark`(name: String) throws {
        let facts = try read(Array(Fixture(name: name).bytes().dropLast(2)))
        #expect(facts.missingBytes == .known(2))
        #expect(facts.faultKinds == [.missingEnd])
    }

    @Test func `cut inside the picture`() throws {
        let bytes = try Fixture(name: "passes-upright.jpg").bytes()
        let facts = try read(Array(bytes.dropLast(40)))
        #expect(facts.faultKinds == [.brokenFraming])
        #expect(try #require(facts.missingBytes.value) > 2)
        #expect(facts.structureFaults.value?.first?.detail == "The picture is cut off in line 33 of 48")
    }

    @Test(arguments: [40, 100, 300])
    func `an end mark that stands too early is found where every code is followed`(missing: Int) throws {
        let bytes = try Fixture(name: "passes-upright.jpg").bytes()
        let cut = Array(bytes.dropLast(missing)) + [0xFF, 0xD9]
        #expect(try read(cut, followsPictures: true).faultKinds == [.brokenFraming])
        #expect(try #require(read(cut, followsPictures: true).missingBytes.value) > 0)
        // The marks alone do not tell.
        #expect(try read(cut).missingBytes == .known(0))
    }

    @Test(arguments: ["passes-upright.jpg", "passes-gray.jpg", "passes-cmyk.jpg"])
    func `a whole picture is whole by its codes too`(name: String) throws {
        let facts = try read(Fixture(name: name).bytes(), followsPictures: true)
        #expect(facts.missingBytes == .known(0))
        #expect(facts.structureFaults == .known([]))
    }

    @Test func `cut in a progressive picture, which is not followed`() throws {
        var bytes = try Fixture(name: "passes-gray.jpg").bytes()
        let frame = try #require(bytes.indices.first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC0 })
        bytes[frame + 1] = 0xC2
        let facts = try read(Array(bytes.dropLast(2)))
        #expect(facts.missingBytes == .known(2))
        #expect(facts.faultKinds == [.brokenFraming])
    }

    @Test func `restarts out of order`() throws {
        // Each of the four squares is two bits of zero, filled up with ones, with a restart behind it.
        let plain = try Fixture(name: "passes-gray.jpg").bytes()
        let scan = try #require(plain.indices.first { plain[$0] == 0xFF && plain[$0 + 1] == 0xDA })
        let squares: [UInt8] = [0x3F, 0xFF, 0xD0, 0x3F, 0xFF, 0xD1, 0x3F, 0xFF, 0xD2, 0x3F]
        let whole =
            plain[..<scan] + ImageBytes.segment(0xDD, [0, 1]) + plain[scan..<(scan + 10)] + squares + [0xFF, 0xD9]
        #expect(try read(Array(whole)).structureFaults == .known([]))
        #expect(try read(Array(whole.dropLast(2))).faultKinds == [.missingEnd])
        #expect(try read(Array(whole.dropLast(3))).faultKinds == [.brokenFraming])
        var damaged = Array(whole)
        let mark = try #require(whole.indices.dropLast().first { whole[$0] == 0xFF && whole[$0 + 1] == 0xD1 })
        damaged[mark + 1] = 0xD5
        #expect(try read(damaged).faultKinds == [.brokenFraming])
    }

    @Test func `bytes behind the end`() throws {
        let bytes = try Fixture(name: "passes-upright.jpg").bytes()
        let longer = try read(bytes + ImageBytes.ascii("something else"))
        let fault = StructureFault(
            .strayBytes, offset: Int64(bytes.count), bytes: 14, "14 bytes stand behind the end of the image")
        #expect(longer.structureFaults == .known([fault]))
        #expect(longer.missingBytes == .known(0))
        let padded = try read(bytes + [UInt8](repeating: 0, count: 512))
        #expect(padded.structureFaults == .known([]))
    }

    @Test func `a second picture that the index knows`() throws {
        let second = try Fixture(name: "passes-gray.jpg").bytes()
        let size = try ImageBytes.jpeg([ImageBytes.pictureIndex([(0, 0), (0, 0)])]).count
        // Places count from behind the name of the segment, 8 bytes behind the first mark.
        let first = try ImageBytes.jpeg([
            ImageBytes.pictureIndex([(size, 0), (second.count, size - 10)])
        ])
        let both = try read(first + second)
        #expect(both.image?.furtherPictures == .known(1))
        #expect(both.structureFaults == .known([]))
        #expect(both.image?.frames == .known(1))
        let alone = try read(first)
        #expect(alone.faultKinds == [.samplesOutsideFile])
        #expect(alone.missingBytes == .known(0))
    }

    @Test func `a gain map`() throws {
        let packet = ImageBytes.xmp("p:Version=\"1.0\"", space: "http://ns.adobe.com/hdr-gain-map/1.0/")
        let bytes = try ImageBytes.jpeg([
            ImageBytes.segment(0xE1, ImageBytes.ascii("http://ns.adobe.com/xap/1.0/\0") + packet)
        ])
        #expect(try read(bytes).image?.gainMap == .known(true))
        #expect(try read(ImageBytes.jpeg([])).image?.gainMap == .known(false))
    }

    @Test func `a film behind the picture`() throws {
        let picture = try Fixture(name: "passes-upright.jpg").bytes()
        let film = try Fixture(name: "passes-av1.mp4").bytes()
        let google = try read(picture + film)
        #expect(google.otherTypes == .known([.mp4]))
        #expect(google.structureFaults == .known([]))

        // Samsung's: a part with its name, then the directory, whose places count backwards.
        var part: [UInt8] = [0, 0, 0x30, 0x0A]
        part += ImageBytes.little(16, 4) + ImageBytes.ascii("MotionPhoto_Data") + film
        var directory = ImageBytes.ascii("SEFH") + ImageBytes.little(106, 4) + ImageBytes.little(1, 4)
        directory += [0, 0, 0x30, 0x0A]
        directory += ImageBytes.little(part.count, 4) + ImageBytes.little(part.count, 4)
        let foot = ImageBytes.little(directory.count, 4) + ImageBytes.ascii("SEFT")
        let samsung = try read(picture + part + directory + foot)
        #expect(samsung.otherTypes == .known([.mp4]))
        #expect(samsung.structureFaults == .known([]))
    }
}
