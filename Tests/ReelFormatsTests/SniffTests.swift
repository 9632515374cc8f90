import Foundation
import ReelFormats
import ReelModel
import ReelTestSupport
import Testing

private func sniff(_ bytes: [UInt8]) throws -> Known<FileType> {
    var source = MemorySource(bytes)
    return try Sniff.type(of: &source)
}

private func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }

/// Content that names itself in its first bytes, no name asked.
struct `Types by content` {
    struct Opening: CustomTestStringConvertible {
        let type: FileType?
        let bytes: [UInt8]
        let what: String
        var testDescription: String { what }

        init(_ type: FileType?, _ what: String, _ bytes: [UInt8]) {
            self.type = type
            self.bytes = bytes
            self.what = what
        }

        init(_ type: FileType?, _ text: String) { self.init(type, text, ascii(text)) }
    }

    static let openings: [Opening] = [
        Opening(.heic, "HEIF still", ftyp("heic", "mif1", "heic")),
        Opening(.heic, "HEIF by its structure", ftyp("mif1", "mif1", "heic")),
        Opening(.avif, "AVIF", ftyp("avif", "mif1")),
        Opening(.avif, "AVIF behind the structural brand", ftyp("mif1", "avif")),
        Opening(.m4a, "M4A", ftyp("M4A ", "isom")),
        Opening(.m4a, "audio book", ftyp("M4B ", "isom")),
        Opening(.m4v, "M4V", ftyp("M4V ", "isom")),
        Opening(.mov, "QuickTime", ftyp("qt  ", "qt  ")),
        Opening(.threeGP, "3GPP", ftyp("3gp5", "isom")),
        Opening(.mp4, "a brand that nobody knows", ftyp("zzzz", "zzzz")),
        Opening(.mov, "old QuickTime, index first", [0, 0, 0, 16] + ascii("moov") + [UInt8](repeating: 0, count: 8)),
        Opening(.mov, "old QuickTime, data first", [0, 0, 0, 8] + ascii("wide") + [0, 0, 0, 8] + ascii("mdat")),
        Opening(.jxl, "JPEG XL in boxes", [0, 0, 0, 12] + ascii("JXL ") + [13, 10, 0x87, 10]),
        Opening(.jxl, "JPEG XL bare", [0xFF, 0x0A, 0, 0]),
        Opening(.jp2, "JPEG 2000", [0, 0, 0, 12] + ascii("jP  ") + [13, 10, 0x87, 10]),
        Opening(.mxf, "MXF", [6, 0xE, 0x2B, 0x34, 2, 5, 1, 1, 0xD, 1, 2, 1, 1, 2, 4, 0]),
        Opening(.amr, "#!AMR\n"),
        Opening(.midi, "MIDI", ascii("MThd") + [0, 0, 0, 6, 0, 1]),
        Opening(.ico, "icon", [0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0, 0, 1, 0, 0, 22, 0, 0, 0]),
        Opening(.psd, "Photoshop", ascii("8BPS") + [0, 1]),
        Opening(.tiff, "BigTIFF", [0x49, 0x49, 43, 0, 8, 0, 0, 0]),
        Opening(.wav, "RF64", ascii("RF64") + [255, 255, 255, 255] + ascii("WAVE")),
        Opening(.gzip, "gzip", [0x1F, 0x8B, 8, 0]),
        Opening(.sevenZip, "7-Zip", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
        Opening(.rar, "Rar!\u{1A}\u{07}\u{00}"),
        Opening(.pdf, "%PDF-1.7\n"),
        Opening(.executable, "ELF", [0x7F, 0x45, 0x4C, 0x46, 2, 1]),
        Opening(.executable, "Mach-O", [0xCF, 0xFA, 0xED, 0xFE, 7, 0]),
        Opening(.ts, "transport stream", packets(188, lead: 0)),
        Opening(.ts, "BDAV", packets(192, lead: 4)),
        Opening(.ts, "transport stream with parity", packets(204, lead: 0)),
        Opening(.html, "<!DOCTYPE html>"), Opening(.html, " \n<HTML>"),
        Opening(.html, "<!-- a --><body>"), Opening(.svg, "<svg xmlns='x'>"),
        Opening(.svg, "<?xml version='1.0'?><!-- x --><svg>"), Opening(.xml, "<?xml version='1.0'?><MPD>"),
        Opening(.playlist, "\u{FEFF}#EXTM3U\n"), Opening(.playlist, "[playlist]\n"),
        Opening(.playlist, "ffconcat version 1.0\n"), Opening(.script, "#!/bin/sh\n"), Opening(.text, "plain words, é"),
        Opening(.text, "BM, two letters of text"), Opening(.text, "GGGG"),
        Opening(nil, "zeros", [UInt8](repeating: 0, count: 1000)), Opening(nil, "invalid UTF-8", [0xC3, 0x28, 0xA0]),
    ]

    @Test(arguments: openings)
    func `an opening`(opening: Opening) throws {
        #expect(try sniff(opening.bytes).value == opening.type)
    }

    @Test func `an empty file and an unknown one say why`() throws {
        #expect(try sniff([]) == .unknown("the file is empty"))
        #expect(try sniff([0, 1, 2, 3]) == .unknown("its first bytes match no known type"))
    }

    static let named: [(String, FileType)] = [
        ("passes-h264-aac.mp4", .mp4), ("passes-sound-only.mp4", .mp4), ("passes-h264-pcm.mov", .mov),
        ("passes-aac.m4a", .m4a), ("fires-type-not-accepted-m4v.m4v", .m4v),
        ("fires-type-not-accepted-3gp.3gp", .threeGP),
        ("passes-h264-aac.mkv", .mkv), ("passes-vp9-opus.webm", .webm), ("passes-mpeg4-mp3.avi", .avi),
        ("passes-pcm.wav", .wav), ("passes-cbr.mp3", .mp3), ("passes-without-header.mp3", .mp3),
        ("passes-adts.aac", .aac),
        ("fires-type-not-accepted-ts.ts", .ts), ("fires-type-not-accepted-mpg.mpg", .mpg),
        ("fires-type-not-accepted-flv.flv", .flv), ("fires-type-not-accepted-wmv.wmv", .wmv),
        ("fires-type-not-accepted-flac.flac", .flac), ("fires-type-not-accepted-ogg.ogg", .ogg),
        ("fires-type-not-accepted-aiff.aiff", .aiff), ("passes-upright.jpg", .jpg), ("passes-animated.png", .png),
        ("passes-still.gif", .gif), ("passes-lossy.webp", .webp), ("fires-type-not-accepted-bmp.bmp", .bmp),
        ("fires-type-not-accepted-tiff.tiff", .tiff), ("fires-type-not-accepted-playlist-named.mp4", .playlist),
        ("fires-type-not-accepted-html-named.jpg", .html), ("fires-type-not-accepted-zip-named.mp4", .zip),
        ("fires-type-not-accepted-svg-named.png", .svg), ("fires-extension-mismatch-mkv-named.mp4", .mkv),
    ]

    @Test(arguments: named)
    func `a fixture`(name: String, type: FileType) throws {
        #expect(try facts(name).type == .known(type))
    }

    private static func ftyp(_ brands: String...) -> [UInt8] {
        let body = ascii(brands[0]) + [0, 0, 0, 0] + brands.dropFirst().flatMap(ascii)
        return [0, 0, 0, UInt8(8 + body.count)] + ascii("ftyp") + body
    }

    private static func packets(_ size: Int, lead: Int) -> [UInt8] {
        (0..<5).flatMap { _ in
            [UInt8](repeating: 1, count: lead) + [0x47] + [UInt8](repeating: 0, count: size - lead - 1)
        }
    }
}
