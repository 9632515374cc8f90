import Foundation
import ReelFormats
import ReelModel
import ReelTestSupport
import Testing

/// What the structure of other containers shows without decoding: sizes that lie, ranges that are zero, indexes that lead
/// nowhere.
struct `Damage to containers` {
    private func faults(_ bytes: [UInt8], _ name: String) throws -> [StructureFault.Kind] {
        var source = MemorySource(bytes)
        return try HeaderReader.facts(of: &source, name: name).structureFaults.value?.map(\.kind) ?? []
    }

    private func place(of text: String, in bytes: [UInt8]) throws -> Int {
        let wanted = Array(text.utf8)
        return try #require(bytes.indices.first { bytes[$0...].starts(with: wanted) })
    }

    private func place(of wanted: [UInt8], in bytes: [UInt8]) throws -> Int {
        try #require(bytes.indices.first { bytes[$0...].starts(with: wanted) })
    }

    static let sound = [
        "passes-h264-aac.mkv", "passes-vp9-opus.webm", "passes-vp8-vorbis.webm", "passes-mpeg4-mp3.avi",
        "passes-pcm.wav", "passes-cbr.mp3", "passes-without-header.mp3", "passes-adts.aac",
    ]

    @Test(arguments: sound)
    func `whole files have none`(name: String) throws {
        #expect(try facts(name).structureFaults == .known([]))
    }

    // MARK: Matroska

    @Test func `a cluster whose head is zeros`() throws {
        var bytes = try Fixture(name: "passes-h264-aac.mkv").bytes()
        let cluster = try place(of: [0x1F, 0x43, 0xB6, 0x75], in: bytes)
        for at in cluster..<cluster + 400 { bytes[at] = 0 }
        let found = try faults(bytes, "a.mkv")
        #expect(found.first == .zeroedRange || found.contains(.zeroedRange))
    }

    @Test func `a checksum that does not fit`() throws {
        var bytes = try Fixture(name: "passes-h264-aac.mkv").bytes()
        // In the name of the program, inside the segment information.
        bytes[try place(of: "Lavf", in: bytes)] = 0x4D
        #expect(try faults(bytes, "a.mkv") == [.checksum])
    }

    @Test func `an index that leads behind the end`() throws {
        var bytes = try Fixture(name: "passes-h264-aac.mkv").bytes()
        let cues = try #require(bytes.indices.last { bytes[$0...].starts(with: [0x1C, 0x53, 0xBB, 0x6B]) })
        let entry = try #require(bytes[cues...].indices.first { bytes[$0] == 0xF1 && bytes[$0 + 1] & 0xF0 == 0x80 })
        for at in 0..<Int(bytes[entry + 1] & 15) { bytes[entry + 2 + at] = 0x7F }
        let found = try faults(bytes, "a.mkv")
        #expect(found.contains(.samplesOutsideFile) || found.contains(.brokenIndex))
        #expect(found.contains(.checksum))
    }

    @Test func `bytes behind the segment`() throws {
        let bytes = try Fixture(name: "passes-h264-aac.mkv").bytes()
        #expect(try faults(bytes + Array("left over".utf8), "a.mkv") == [.strayBytes])
    }

    @Test func `strangers' files break what their names say`() throws {
        guard let folder = Places.shared("corpus/matroska") else { try Test.cancel("the shared corpus is not here") }
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)) {
            let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
            // The others break rules of elements and of FFV1 that leave the structure whole.
            #expect(try faults(bytes, name) == (name.contains("EBML-CRC-VALID") ? [.checksum] : []), "\(name)")
        }
    }

    // MARK: RIFF

    @Test func `an AVI whose index leads behind the end`() throws {
        var bytes = try Fixture(name: "passes-mpeg4-mp3.avi").bytes()
        let index = try place(of: "idx1", in: bytes)
        let last = bytes.count - 16
        #expect(last > index + 24)
        for at in last + 8..<last + 12 { bytes[at] = 0x7F }
        #expect(try faults(bytes, "a.avi") == [.samplesOutsideFile])
    }

    @Test func `an AVI whose index leads to no chunk`() throws {
        var bytes = try Fixture(name: "passes-mpeg4-mp3.avi").bytes()
        bytes[try place(of: "idx1", in: bytes) + 16] ^= 0x15
        #expect(try faults(bytes, "a.avi") == [.brokenIndex])
    }

    @Test func `an AVI that was not closed`() throws {
        var bytes = try Fixture(name: "passes-mpeg4-mp3.avi").bytes()
        for at in 4..<8 { bytes[at] = 0 }
        var source = MemorySource(bytes)
        let facts = try HeaderReader.facts(of: &source, name: "a.avi")
        #expect(facts.missingBytes.value == nil)
        #expect(facts.mainVideo?.codec == .known("mpeg4"))
    }

    @Test func `a WAVE file that lies about its size, its blocks, its end`() throws {
        let whole = try Fixture(name: "passes-pcm.wav").bytes()
        var bytes = whole
        (bytes[4], bytes[5], bytes[6]) = (100, 0, 0)
        #expect(try faults(bytes, "a.wav") == [.impossibleSize])
        bytes = whole
        bytes[32] = 3
        #expect(try faults(bytes, "a.wav") == [.brokenFraming])
        #expect(try faults(whole + [UInt8](repeating: 0, count: 40), "a.wav") == [.strayBytes])
    }

    // MARK: Frames

    @Test(arguments: ["passes-without-header.mp3", "passes-adts.aac"])
    func `zeros and junk between frames`(name: String) throws {
        let whole = try Fixture(name: name).bytes()
        let middle = whole.count / 2
        var bytes = whole
        for at in middle..<middle + whole.count / 10 { bytes[at] = 0 }
        #expect(try faults(bytes, name).contains(.zeroedRange))
        bytes = whole
        for at in middle..<middle + whole.count / 10 { bytes[at] = 0x35 }
        #expect(try faults(bytes, name) == [.brokenFraming])
    }

    @Test func `a header that counts other frames`() throws {
        var bytes = try Fixture(name: "passes-cbr.mp3").bytes()
        let header = try place(of: "Info", in: bytes)
        // Fewer bytes than there are, so every frame is met.
        bytes[header + 14] = 0
        bytes[header + 10] = 7
        #expect(try faults(bytes, "a.mp3") == [.brokenIndex])
    }

    @Test func `the last frame cut`() throws {
        let whole = try Fixture(name: "passes-without-header.mp3").bytes()
        var source = MemorySource(Array(whole.dropLast(50)))
        #expect(try HeaderReader.facts(of: &source, name: "a.mp3").missingBytes == .known(50))
    }
}
