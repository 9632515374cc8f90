import Foundation
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelFit

/// Pictures copied as they are coded, without what is noted beside them; exiftool is the judge.
struct `Pictures without their notes` {
    let bench: Bench

    init() throws { bench = try Bench() }

    private let exiftool = ExternalTool("exiftool")

    /// What exiftool reads of the file's own notes, in words.
    private func notes(_ name: String) throws -> String {
        try exiftool.run(["-G", "-s", "-a", "-ee", bench.path(name)]).output
    }

    private func orientation(_ name: String) throws -> String {
        try exiftool.run(["-n", "-s3", "-Orientation", bench.path(name)]).output.trimmingCharacters(in: .newlines)
    }

    private static let telling = ["GPS", "Somebody", "Telephone", "secret", "Thumbnail"]

    @Test(arguments: ["jpg", "png", "webp", "gif"])
    func `what is noted goes, what is seen stays`(_ type: String) throws {
        let coding = [
            "jpg": "-vf split[a][b];[a][b]hstack -q:v 3 -huffman optimal", "png": "-pix_fmt rgba",
            "webp": "-c:v libwebp -quality 70", "gif": "-loop 0",
        ]
        try bench.make(
            "a.\(type)", "-f lavfi -i testsrc2=s=96x64:r=5", type == "gif" ? "-t 1" : "-frames:v 1",
            try #require(coding[type]))
        var tags = ["-Comment=secret words", "-XMP-dc:Creator=Somebody", "-XMP-exif:GPSLatitude=48.2"]
        if type != "gif" {
            tags += [
                "-EXIF:Orientation#=6", "-EXIF:GPSLatitude=48.2", "-EXIF:GPSLatitudeRef=N", "-EXIF:Make=Telephone",
                "-EXIF:Artist=Somebody",
            ]
        }
        if type == "webp" { tags.removeFirst() }
        try exiftool.run(["-q", "-overwrite_original"] + tags + [bench.path("a.\(type)")])
        let before = try notes("a.\(type)")
        #expect(before.contains("Somebody") && before.contains("GPS"))
        // Whatever is hidden behind the picture goes as well.
        let file = try FileHandle(forWritingTo: URL(filePath: bench.path("a.\(type)")))
        try file.seekToEnd()
        try file.write(contentsOf: Data("a second picture, secret".utf8))
        try file.close()

        let output = try #require(FileType.bearing(extension: type).first)
        let outcome = try bench.fit(
            "a.\(type)", to: "b.\(type)", [.stripImage(orientation: type == "gif" ? 1 : 6)], as: output)
        #expect(outcome.encodes == 0)
        #expect(outcome.losses.count == 1)
        let after = try notes("b.\(type)")
        for word in Self.telling { #expect(!after.contains(word), "\(word): \(after)") }
        let bytes = try Data(contentsOf: URL(filePath: bench.path("b.\(type)")))
        #expect(bytes.range(of: Data("secret".utf8)) == nil)
        #expect(!after.contains("Warning") && !after.contains("[ExifTool]     Error"), "\(after)")
        #expect(try orientation("b.\(type)") == (type == "gif" ? "" : "6"))
        #expect(try bench.pictureHashes("a.\(type)") == bench.pictureHashes("b.\(type)"))
        #expect(try bench.complaints("b.\(type)") == "")
    }

    @Test func `a colour profile is no note`() throws {
        try bench.make("a.jpg", "-f lavfi -i testsrc2=s=96x64 -frames:v 1")
        let profile = Data("ICC_PROFILE\0".utf8) + [1, 1] + Data(repeating: 7, count: 200)
        var bytes = try Data(contentsOf: URL(filePath: bench.path("a.jpg")))
        let length = profile.count + 2
        let segment = Data([0xFF, 0xE2, UInt8(length >> 8), UInt8(length & 255)]) + profile
        bytes.insert(contentsOf: segment, at: 2)
        try bytes.write(to: URL(filePath: bench.path("a.jpg")))
        _ = try bench.fit("a.jpg", to: "b.jpg", [.stripImage(orientation: 1)], as: .jpg)
        let kept = try Data(contentsOf: URL(filePath: bench.path("b.jpg")))
        #expect(kept.range(of: segment) != nil)
    }

    /// Cut anywhere, a file is refused or keeps what it holds; nothing is read beyond its end.
    @Test(arguments: ["jpg", "png", "webp", "gif"])
    func `what is not whole is refused`(_ type: String) throws {
        try bench.make("a.\(type)", "-f lavfi -i testsrc2=s=16x16 -frames:v 1")
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: bench.path("a.\(type)"))))
        let strip: WithoutNotes.Strip =
            switch type {
            case "jpg": JPEGNotes.strip
            case "png": PNGNotes.strip
            case "webp": WebPNotes.strip
            default: GIFNotes.strip
            }
        #expect(strip(bytes, 1) != nil)
        for count in 0..<bytes.count - 1 { #expect(strip(Array(bytes[..<count]), 6) == nil, "\(count)") }
        for place in bytes.indices {
            for value in [0, 0x7F, 0xFF] as [UInt8] {
                var damaged = bytes
                damaged[place] = value
                _ = strip(damaged, 6)
            }
        }
    }
}
