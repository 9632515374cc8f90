import ReelModel
import Testing

struct `PNG, chunk by chunk` {
    @Test func `EXIF, XMP and texts`() throws {
        let facts = try read(
            ImageBytes.png([
                ImageBytes.chunk("eXIf", ImageBytes.tiff(ImageBytes.exif)),
                ImageBytes.chunk("iTXt", ImageBytes.ascii("XML:com.adobe.xmp") + [0, 0, 0, 0, 0] + ImageBytes.creator),
                ImageBytes.chunk("tEXt", ImageBytes.ascii("Software\0reelgate")),
                ImageBytes.chunk("tIME", ImageBytes.big(2026, 2) + [11, 24, 3, 5, 9]),
            ]))
        #expect(facts.image?.orientation == .known(6))
        #expect(
            facts.metadata
                == .known(
                    ImageBytes.exifEntries + [
                        ImageBytes.creatorEntry, MetadataEntry(.software, key: "Software", value: "reelgate"),
                        MetadataEntry(.time, key: "tIME", value: "2026-11-24T03:05:09Z"),
                    ]))
        #expect(facts.structureFaults == .known([]))
    }

    @Test func `packed text, stored and with the fixed codes`() throws {
        let words = ImageBytes.ascii("Ada Byron")
        // RFC 1951, 3.2.4: stored as it is.
        let stored =
            [0x78, 0x01, 0x01] + ImageBytes.little(words.count, 2) + ImageBytes.little(~words.count & 0xFFFF, 2) + words
        // As zlib packs "Ada Byron" ten times over with the fixed codes.
        let fixed: [UInt8] = [
            0x78, 0x01, 0x73, 0x4C, 0x49, 0x54, 0x70, 0xAA, 0x2C, 0xCA, 0xCF, 0x73, 0xA4, 0x36, 0x03, 0x00, 0x9D, 0xD5,
            0x1F, 0xE1,
        ]
        for (packed, count) in [(stored, 1), (fixed, 10)] {
            let facts = try read(ImageBytes.png([ImageBytes.chunk("zTXt", ImageBytes.ascii("Author\0\0") + packed)]))
            let value = try #require(facts.metadata.value?.first)
            #expect(value.kind == .person)
            #expect(value.value.hasPrefix("Ada Byron"))
            #expect(value.value.count == count * 9)
        }
    }

    @Test func `colour by code points`() throws {
        func color(_ transfer: UInt8, _ more: [[UInt8]] = []) throws -> ColorFacts? {
            try read(ImageBytes.png([ImageBytes.chunk("cICP", [9, transfer, 0, 1])] + more)).image?.color
        }
        #expect(try color(16)?.primaries == .known("bt2020"))
        #expect(try color(16)?.dynamicRange == .known(.pq))
        #expect(try color(18)?.dynamicRange == .known(.hlg))
        #expect(try color(13)?.dynamicRange == .known(.sdr))
        let light = ImageBytes.chunk("cLLI", ImageBytes.big(10_000_000, 4) + ImageBytes.big(4_000_000, 4))
        #expect(try color(16, [light])?.dynamicRange == .known(.hdr10))
        #expect(try color(16, [light])?.contentLight == .known(ContentLight(maximum: 1000, maximumFrameAverage: 400)))
    }

    @Test func `an animation whose frames are not all there`() throws {
        var bytes = try Fixture(name: "passes-animated.png").bytes()
        let control = try #require(bytes.indices.first { Array(bytes[$0...].prefix(4)) == ImageBytes.ascii("acTL") })
        bytes.replaceSubrange(
            (control - 4)..<(control + 16), with: ImageBytes.chunk("acTL", ImageBytes.big(7, 4) + ImageBytes.big(3, 4)))
        let facts = try read(bytes)
        #expect(facts.image?.loops == .known(3))
        #expect(facts.structureFaults.value?.map(\.detail) == ["The animation promises 7 frames and has 5"])
    }

    @Test func `a checksum that does not fit`() throws {
        var bytes = try Fixture(name: "passes-rgb.png").bytes()
        bytes[bytes.count - 30] ^= 1
        #expect(try read(bytes).faultKinds == [.checksum])
    }

    @Test func `a palette that is missing, a header that says nonsense`() throws {
        let header = ImageBytes.chunk("IHDR", ImageBytes.big(8, 4) + ImageBytes.big(8, 4) + [8, 3, 0, 0, 0])
        let end = ImageBytes.chunk("IDAT", [1]) + ImageBytes.chunk("IEND", [])
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10]
        #expect(
            try read(signature + header + end).structureFaults.value?.map(\.detail) == [
                "There is no palette (PLTE) in it"
            ])
        let odd = ImageBytes.chunk("IHDR", ImageBytes.big(8, 4) + ImageBytes.big(8, 4) + [3, 2, 0, 0, 0])
        #expect(try read(signature + odd + end).faultKinds == [.brokenIndex])
    }

    @Test func `bytes behind the end, and chunks that are none`() throws {
        let bytes = try Fixture(name: "passes-rgb.png").bytes()
        #expect(try read(bytes + [1, 2, 3]).faultKinds == [.strayBytes])
        var zeroed = bytes
        for at in 200..<zeroed.count { zeroed[at] = 0 }
        let facts = try read(zeroed)
        #expect(facts.faultKinds?.contains(.checksum) == true)
        #expect(try #require(facts.missingBytes.value) > 0)
    }

    @Test func `content credentials`() throws {
        let facts = try read(ImageBytes.png([ImageBytes.chunk("caBX", [1, 2, 3])]))
        #expect(
            facts.metadata == .known([MetadataEntry(.contentCredentials, key: "c2pa", value: "a manifest of 3 bytes")]))
    }
}
