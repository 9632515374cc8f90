import ReelModel
import Testing

@testable import ReelFormats

/// More of something than any honest file has, and structures that lead into themselves.
struct CrowdTests {
    /// A file whose streams cannot all be told is not told as if they could.
    private func facts(_ bytes: [UInt8], _ name: String) throws -> Facts {
        var source = CountingSource(bytes)
        let facts = try HeaderReader.facts(of: &source, name: name)
        #expect(Sanity.complaint(about: facts, of: bytes.count) == nil)
        #expect(source.complaint == nil)
        return facts
    }

    private static let brand = Make.box("ftyp", Array("isom".utf8) + Make.big32(512) + Array("isommp42".utf8))

    @Test func `a movie of a hundred thousand tracks`() throws {
        let handler = Make.box("hdlr", Make.big64(0) + Array("vide".utf8) + [UInt8](repeating: 0, count: 12))
        let track = Make.box("trak", Make.box("mdia", handler))
        let tracks = [UInt8]([[UInt8]](repeating: track, count: 100_000).joined())
        let facts = try facts(Self.brand + Make.box("moov", tracks), "a.mp4")
        #expect(facts.type == .known(.mp4))
        #expect(facts.video.value == nil)
    }

    @Test func `a segment of a hundred thousand tracks`() throws {
        let entry = Make.element(0xAE, Make.element(0xD7, [1]) + Make.element(0x83, [1]))
        let entries = [UInt8]([[UInt8]](repeating: entry, count: 100_000).joined())
        let header = Make.element(0x1A45_DFA3, Make.element(0x4282, Array("matroska".utf8)))
        let facts = try facts(header + Make.element(0x1853_8067, Make.element(0x1654_AE6B, entries)), "a.mkv")
        #expect(facts.type == .known(.mkv))
        #expect(facts.video.value == nil)
    }

    @Test func `an AVI of a hundred thousand streams`() throws {
        let stream = Make.chunk(
            "LIST", Array("strl".utf8) + Make.chunk("strh", Array("vids".utf8) + [UInt8](repeating: 0, count: 52)))
        let streams = [UInt8]([[UInt8]](repeating: stream, count: 100_000).joined())
        let list = Make.chunk("LIST", Array("hdrl".utf8) + streams)
        let facts = try facts(Make.chunk("RIFF", Array("AVI ".utf8) + list), "a.avi")
        #expect(facts.type == .known(.avi))
        #expect(facts.video.value == nil)
    }

    @Test func `a GIF of a million frames`() throws {
        let control: [UInt8] = [0x21, 0xF9, 4, 0, 10, 0, 0, 0]
        let frame: [UInt8] = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]
        let frames = [UInt8]([[UInt8]](repeating: control + frame, count: 1_000_000).joined())
        let facts = try facts(Array("GIF89a".utf8) + [1, 0, 1, 0, 0, 0, 0] + frames + [0x3B], "a.gif")
        // Counted to the end, or said not to be; never a smaller number.
        #expect([nil, 1_000_000].contains(facts.image?.frames.value))
        if let frames = facts.image?.frames, frames.value == nil { #expect(frames.reason?.isEmpty == false) }
    }

    @Test func `lists of RIFF inside each other, forty thousand deep`() throws {
        let count = 40_000
        var bytes = Array("RIFF".utf8) + Make.big32(count * 12).reversed() + Array("AVI ".utf8)
        for depth in 0..<count {
            bytes += Array("LIST".utf8) + Make.big32((count - depth) * 12 - 8).reversed() + Array("hdrl".utf8)
        }
        #expect(try facts(bytes, "a.avi").type == .known(.avi))
    }

    @Test func `elements of EBML inside each other, forty thousand deep`() throws {
        let header = Make.element(0x1A45_DFA3, Make.element(0x4282, Array("webm".utf8)))
        // Eight bytes of size each, all of them larger than the file.
        for id: [UInt8] in [
            [0x18, 0x53, 0x80, 0x67], [0x16, 0x54, 0xAE, 0x6B], [0xAE], [0xE0], [0xA0], [0x1F, 0x43, 0xB6, 0x75],
        ] {
            let segment: [UInt8] = [0x18, 0x53, 0x80, 0x67, 1] + [UInt8](repeating: 0xFE, count: 7)
            let nested = [UInt8](
                [[UInt8]](repeating: id + [1] + [UInt8](repeating: 0xFE, count: 7), count: 40_000).joined())
            let facts = try facts(header + segment + nested, "a.webm")
            #expect(facts.type == .known(.webm))
            #expect(facts.duration.value == nil)
        }
    }

    @Test func `boxes of every kind that holds others, inside each other`() throws {
        for type in [
            "moov", "trak", "mdia", "minf", "stbl", "stsd", "udta", "meta", "edts", "mvex", "moof", "traf", "wave",
            "sinf", "iprp", "ipco", "ilst",
        ] {
            let count = 20_000
            var nested: [UInt8] = []
            for depth in 0..<count { nested += Make.big32((count - depth) * 8) + Array(type.utf8) }
            #expect(try facts(Self.brand + nested, "a.mp4").type == .known(.mp4))
            #expect(try facts(Self.brand + Make.box("moov", nested), "a.mp4").video.value?.isEmpty != false)
        }
    }

    @Test func `sizes of EBML that leave the numbers`() throws {
        let header = Make.element(0x1A45_DFA3, Make.element(0x4282, Array("matroska".utf8)))
        for size in [0, 1, 1 << 31, 1 << 32, 1 << 55, 1 << 56 - 2, 1 << 56 - 1] {
            for id: [UInt8] in [
                [0x18, 0x53, 0x80, 0x67], [0x16, 0x54, 0xAE, 0x6B], [0x15, 0x49, 0xA9, 0x66], [0xEC],
            ] {
                let element = id + [1] + Array(Make.big64(size).suffix(7))
                _ = try facts(header + element, "a.mkv")
                let inside = Make.element(0x1853_8067, element + [UInt8](repeating: 0, count: 32))
                _ = try facts(header + inside, "a.mkv")
            }
        }
    }

    @Test func `tables of four thousand million entries in a few bytes`() throws {
        let claims = Make.big32(0) + [UInt8](repeating: 0xFF, count: 4)
        for only in ["stts", "stsc", "stco", "co64", "ctts", "stss", "stsz", "stz2", "elst"] {
            var tables: [UInt8] = []
            for type in ["stts", "stsc", "stco", "ctts", "stss"] where type != only {
                tables += Make.box(type, Make.big32(0) + Make.big32(1) + Make.big32(1) + Make.big32(1) + Make.big32(1))
            }
            tables += Make.box("stsz", Make.big32(0) + Make.big32(1) + [UInt8](repeating: 0xFF, count: 4))
            // Entries that say the most, as many as are there.
            tables += Make.box(only, claims + [UInt8](repeating: 0xFF, count: 48))
            let handler = Make.box("hdlr", Make.big64(0) + Array("vide".utf8) + [UInt8](repeating: 0, count: 12))
            let clock = Make.box("mdhd", Make.big32(0) + Make.big64(0) + Make.big32(1000) + Make.big64(0))
            let media = Make.box("mdia", clock + handler + Make.box("minf", Make.box("stbl", tables)))
            let edits = Make.box("edts", Make.box("elst", claims + [UInt8](repeating: 0xFF, count: 48)))
            _ = try facts(Self.brand + Make.box("moov", Make.box("trak", edits + media)), "a.mp4")
        }
    }

    @Test func `directories of TIFF that lead into themselves`() throws {
        // One entry, and the next directory is this one; then as many entries as there can be, all elsewhere.
        let entry: [UInt8] = [0, 1, 0, 3, 0, 0, 0, 1, 0, 8, 0, 0]
        let loop = Array("MM".utf8) + [0, 42, 0, 0, 0, 8, 0, 1] + entry + [0, 0, 0, 8]
        #expect(try facts(loop, "a.tiff").type == .known(.tiff))
        let away: [UInt8] = [0x87, 0x69, 0, 3, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 8]
        let entries = [UInt8]([[UInt8]](repeating: away, count: 65_535).joined())
        #expect(
            try facts(Array("MM".utf8) + [0, 42, 0, 0, 0, 8, 0xFF, 0xFF] + entries + [0, 0, 0, 8], "a.tiff").type
                == .known(.tiff))
    }

    @Test func `chunks without contents`() throws {
        let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        let header = Make.big32(13) + Array("IHDR".utf8) + Make.big32(1) + Make.big32(1) + [8, 2, 0, 0, 0, 0, 0, 0, 0]
        let empty = [UInt8](
            [[UInt8]](repeating: Make.big32(0) + Array("teXt".utf8) + [0, 0, 0, 0], count: 200_000).joined())
        #expect(try facts(png + header + empty, "a.png").missingBytes != .known(0))
        let marks = [UInt8]([[UInt8]](repeating: [0xFF, 0xE0, 0, 2], count: 200_000).joined())
        #expect(try facts([0xFF, 0xD8] + marks, "a.jpg").missingBytes != .known(0))
    }
}
