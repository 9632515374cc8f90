import Foundation
import ReelFormats
import ReelModel
import ReelTestSupport
import Testing

/// One file that two readers take for two things.
struct `Several types in one file` {
    private func others(_ bytes: [UInt8], _ name: String) throws -> Known<[FileType]> {
        var source = MemorySource(bytes)
        return try HeaderReader.facts(of: &source, name: name).otherTypes
    }

    private static let archive = Fixture(name: "fires-type-not-accepted-zip-named.mp4")

    static let media = Fixture.all.filter { fixture in
        guard fixture.name.hasPrefix("passes-"), let type = try? fixture.facts().type.value else { return false }
        return type.kind != .other
    }

    @Test(arguments: media)
    func `a plain file is nothing else`(fixture: Fixture) throws {
        #expect(try fixture.facts().otherTypes == .known([]))
    }

    @Test(arguments: media)
    func `an archive behind anything`(fixture: Fixture) throws {
        let both = try fixture.bytes() + Self.archive.bytes()
        #expect(try others(both, fixture.name).value?.contains(.zip) == true)
    }

    @Test func `an archive with the longest comment`() throws {
        var archive = try Self.archive.bytes()
        archive[archive.count - 2] = 0xFF
        archive[archive.count - 1] = 0xFF
        archive += [UInt8](repeating: 0x50, count: 65535)
        let picture = try Fixture(name: "passes-rgb.png").bytes()
        #expect(try others(picture + archive, "a.png") == .known([.zip]))
    }

    @Test func `four bytes of an archive's end make none`() throws {
        let picture = try Fixture(name: "passes-upright.jpg").bytes()
        let end: [UInt8] = [0x50, 0x4B, 5, 6] + [UInt8](repeating: 0x11, count: 40)
        #expect(try others(picture + end, "a.jpg").value?.contains(.zip) == false)
        // It counts one entry, and no directory stands where it says.
        let lying: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 46, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        #expect(try others(picture + lying, "a.jpg").value?.contains(.zip) == false)
    }

    static let comments: [(String, FileType)] = [
        ("%PDF-1.4\n", .pdf), ("<?php system($_GET[0]); ?>", .script), ("<SCRIPT>alert(1)</SCRIPT>", .html),
        ("<html><body>", .html), ("<svg onload=x>", .svg),
    ]

    @Test(arguments: comments)
    func `words in an image's comment`(words: String, type: FileType) throws {
        let picture = try Fixture(name: "passes-upright.jpg").bytes()
        let size = words.utf8.count + 2
        let comment = [0xFF, 0xFE, UInt8(size >> 8), UInt8(size & 0xFF)] + Array(words.utf8)
        #expect(try others(Array(picture[..<2]) + comment + picture[2...], "a.jpg") == .known([type]))
    }

    @Test func `a GIF that is a script`() throws {
        let opening = Array("GIF89a/*".utf8) + [1, 0, 0, 0, 0] + Array("*/=1;alert(1)//".utf8)
        #expect(try others(opening + [0x3B], "a.gif").value?.contains(.script) == true)
    }

    @Test func `another file behind the structure's end`() throws {
        let film = try Fixture(name: "passes-pcm.wav").bytes()
        for (name, type) in [
            ("passes-h264-aac.mp4", FileType.mp4), ("passes-rgb.png", .png), ("passes-vp9-opus.webm", .webm),
        ] {
            #expect(try others(film + Fixture(name: name).bytes(), "a.wav") == .known([type]))
        }
    }

    @Test func `what is no media is asked for nothing more`() throws {
        #expect(try Self.archive.facts().otherTypes.value == nil)
    }

    @Test(arguments: ["poly__mp3jpg__jpgmp3.mp3", "poly__mp3jpg__mp3jpg.mp3"])
    func `strangers' images that are sound too`(name: String) throws {
        guard let url = Places.shared("corpus/minimal/\(name)") else {
            try Test.cancel("the shared corpus is not here")
        }
        var source = MemorySource(Array(try Data(contentsOf: url)))
        let facts = try HeaderReader.facts(of: &source, name: name)
        #expect(facts.type == .known(.jpg))
        #expect(facts.otherTypes.value?.contains(.mp3) == true)
    }
}
