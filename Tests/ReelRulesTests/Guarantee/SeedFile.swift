import Foundation
import ReelModel
import ReelTestSupport

/// A small file that generated ones are made from.
struct SeedFile: Sendable {
    let file: String
    let bytes: [UInt8]
    /// By the table of the committed files: what its name says it is.
    let type: FileType
    /// Whether an upload of it has to be taken.
    let isGood: Bool

    /// The committed files that are no larger than this take part; the readers' time is in them.
    private static let largest = 33_000

    /// The committed files that tell their type by their name.
    static let all: [SeedFile] = {
        let folder = Places.fixtures.path(percentEncoded: false)
        let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        return files.compactMap { file in
            let isGood = file.hasPrefix("passes-")
            guard isGood || file.hasPrefix("fires-type-not-accepted-"), !file.contains("-named."),
                let ending = file.split(separator: ".").last.map(String.init), let type = FileType.named(ending),
                let data = FileManager.default.contents(atPath: folder + "/" + file), data.count <= largest
            else { return nil }
            return SeedFile(file: file, bytes: Array(data), type: type, isGood: isGood)
        } + written
    }()

    /// What is no media, in a few bytes each.
    private static let written: [SeedFile] =
        [
            ("html", "<!doctype html><html><body>not found</body></html>"),
            ("m3u8", "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"), ("sh", "#!/bin/sh\nexit 0\n"),
            ("svg", "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>"), ("txt", "just some words\n"),
            ("xml", "<?xml version='1.0'?><MPD></MPD>"), ("pdf", "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"),
        ].compactMap { id, text in
            FileType.named(id).map { SeedFile(file: "written.\(id)", bytes: Array(text.utf8), type: $0, isGood: false) }
        } + [SeedFile(file: "written.zip", bytes: archive, type: .zip, isGood: false)]

    /// A ZIP archive of one stored file "a" with nothing in it (APPNOTE.TXT 6.3.10, 4.3).
    static let archive: [UInt8] =
        [0x50, 0x4B, 3, 4, 20, 0] + [UInt8](repeating: 0, count: 20) + [1, 0, 0, 0, 0x61]
        + [0x50, 0x4B, 1, 2, 20, 0, 20, 0] + [UInt8](repeating: 0, count: 20) + [1, 0]
        + [UInt8](repeating: 0, count: 16)
        + [0x61] + [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 47, 0, 0, 0, 31, 0, 0, 0, 0, 0]
}
