import Foundation
import ReelFormats
import ReelModel
import ReelTestSupport
import Testing

/// Input made to hurt: it may be called damaged, it may not crash, hang or make us read without end.
struct `Hostile input` {
    /// Counts what is read of a file whose bytes are made up, so that it can be of any size.
    struct MadeUp: ByteSource {
        let length: Int64
        let head: [UInt8]
        var filler: UInt8 = 0
        var bytesRead: Int64 = 0

        mutating func read(at offset: Int64, count: Int) -> [UInt8] {
            bytesRead += Int64(count)
            return (0..<count).map { place in
                let at = offset + Int64(place)
                return at < Int64(head.count) ? head[Int(at)] : filler
            }
        }
    }

    @Test(arguments: Fixture.all)
    func `cut anywhere`(fixture: Fixture) throws {
        let bytes = try fixture.bytes()
        // Every offset where headers are, and a sample of those behind.
        let dense = min(bytes.count, 256)
        let rest = stride(from: dense, to: bytes.count, by: max(bytes.count / 64, 1))
        for end in Array(0..<dense) + Array(rest) {
            var source = MemorySource(Array(bytes[..<end]))
            let facts = try HeaderReader.facts(of: &source, name: fixture.name)
            #expect(facts.bytes == Int64(end))
        }
    }

    @Test(arguments: Fixture.all.filter { $0.name.hasPrefix("passes-") })
    func `numbers made as large as they go`(fixture: Fixture) throws {
        let bytes = try fixture.bytes()
        for at in stride(from: 4, to: min(bytes.count - 8, 1200), by: 8) {
            for value in [UInt8(0xFF), 0x7F] {
                var damaged = bytes
                for place in at..<at + 8 { damaged[place] = value }
                var source = MemorySource(damaged)
                _ = try HeaderReader.facts(of: &source, name: fixture.name)
            }
        }
    }

    @Test(arguments: ["mp4", "matroska", "minimal", "images"])
    func `strangers' files`(folder: String) throws {
        guard let url = Places.shared("corpus/\(folder)") else { try Test.cancel("the shared corpus is not here") }
        for name in try FileManager.default.contentsOfDirectory(atPath: url.path(percentEncoded: false)) {
            var source = MemorySource(Array(try Data(contentsOf: url.appending(path: name))))
            let facts = try HeaderReader.facts(of: &source, name: name)
            #expect(facts.depth == .header)
        }
    }

    @Test func `an index that comes first is all that is read of a large file`() throws {
        let whole = try Fixture(name: "passes-h264-aac.mp4").bytes()
        let mdat = try #require(
            whole.indices.first { Array(whole[$0..<min($0 + 4, whole.count)]) == Array("mdat".utf8) })
        // The data's size is open: it goes on to the end.
        var head = Array(whole[..<(mdat - 4)]) + [0, 0, 0, 0] + Array("mdat".utf8)
        head += whole[(mdat + 4)...]
        var source = MadeUp(length: 1 << 30, head: head)
        let facts = try HeaderReader.facts(of: &source, name: "a.mp4")
        #expect(facts.fastStart == .known(true))
        #expect(facts.missingBytes == .known(0))
        #expect(source.bytesRead < 128 << 10)
    }

    @Test func `boxes inside boxes, many deep`() throws {
        let nested = [UInt8]((0..<40_000).flatMap { _ in [0, 0, 0, 0] + Array("moov".utf8) })
        var source = MemorySource(nested)
        #expect(try HeaderReader.facts(of: &source, name: "a.mov").type == .known(.mov))
    }

    static let sizes: [[UInt8]] = [
        [0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 7], [0x7F, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0xFF],
    ]

    @Test(arguments: sizes)
    func `a box with an impossible size`(size: [UInt8]) throws {
        let head = Array(try Fixture(name: "passes-h264-aac.mp4").bytes()[..<32])
        for long in [
            [UInt8](repeating: 0xFF, count: 8), [0x7F] + [UInt8](repeating: 0xFF, count: 7),
            [UInt8](repeating: 0, count: 8),
        ] {
            var source = MemorySource(head + size + Array("moov".utf8) + long)
            let facts = try HeaderReader.facts(of: &source, name: "a.mp4")
            #expect(facts.type == .known(.mp4))
            #expect(facts.duration.value == nil)
        }
    }

    @Test func `four thousand million samples of four thousand million bytes`() throws {
        var bytes = try Fixture(name: "passes-h264-pcm.mov").bytes()
        let table = try #require(
            bytes.indices.last { Array(bytes[$0..<min($0 + 4, bytes.count)]) == Array("stsz".utf8) })
        for place in table + 8..<table + 16 { bytes[place] = 0xFF }
        var source = MemorySource(bytes)
        let facts = try HeaderReader.facts(of: &source, name: "a.mov")
        #expect(try #require(facts.missingBytes.value) > 1 << 30)
    }

    @Test func `a picture of 65535 by 65535 is only a number`() throws {
        var bytes = try Fixture(name: "passes-rgb.png").bytes()
        for place in [18, 19, 22, 23] { bytes[place] = 0xFF }
        var source = MemorySource(bytes)
        #expect(
            try HeaderReader.facts(of: &source, name: "a.png").image?.size.value == Size(width: 65535, height: 65535))
    }

    @Test func `blocks without end are given up`() throws {
        // An animation whose blocks never stop: one byte of data each.
        var source = MadeUp(length: 1 << 40, head: Array("GIF89a".utf8) + [1, 0, 1, 0, 0, 0, 0, 0x21, 0xFE], filler: 1)
        let facts = try HeaderReader.facts(of: &source, name: "a.gif")
        #expect(facts.image?.frames.value == nil)
        #expect(source.bytesRead < 64 << 20)
    }

    @Test func `a source that fails is the only thing that throws`() {
        struct Broken: ByteSource {
            struct Gone: Error {}
            let length: Int64 = 100
            mutating func read(at offset: Int64, count: Int) throws -> [UInt8] { throw Gone() }
        }
        var source = Broken()
        #expect(throws: Broken.Gone.self) { try HeaderReader.facts(of: &source, name: "a.mp4") }
    }
}
