import Foundation
import ReelFormats
import ReelModel
import ReelTestSupport
import Testing

/// What FFmpeg writes in each of its formats is known by its content.
struct `Types as FFmpeg writes them` {
    struct Output: CustomTestStringConvertible {
        let muxer: String
        let type: FileType
        let arguments: [String]
        var testDescription: String { muxer }

        init(_ muxer: String, _ type: FileType, _ arguments: String...) {
            self.muxer = muxer
            self.type = type
            self.arguments = arguments
        }
    }

    static let films: [Output] = [
        Output("mp4", .mp4), Output("mov", .mov), Output("3gp", .threeGP, "-c:v", "h263"), Output("ismv", .mp4),
        Output("matroska", .mkv), Output("webm", .webm, "-c:v", "libvpx"), Output("avi", .avi), Output("asf", .wmv),
        Output("flv", .flv), Output("ogv", .ogg), Output("mpegts", .ts),
        Output("mpegts", .ts, "-mpegts_m2ts_mode", "1"),
        Output("mpeg", .mpg), Output("vob", .mpg), Output("nut", .nut), Output("rm", .rm), Output("swf", .flash),
        Output("wtv", .wtv), Output("ivf", .ivf, "-c:v", "libvpx"), Output("yuv4mpegpipe", .y4m, "-pix_fmt", "yuv420p"),
        Output("h264", .h264), Output("hevc", .hevc), Output("m4v", .mpeg4Video), Output("mpeg1video", .mpg),
        Output("mpeg2video", .mpg), Output("dirac", .dirac), Output("apng", .png), Output("gif", .gif),
        Output("webp", .webp), Output("mjpeg", .jpg), Output("mxf", .mxf, "-c:v", "mpeg2video"),
    ]

    static let sounds: [Output] = [
        Output("ipod", .m4a), Output("mp3", .mp3), Output("mp2", .mp3), Output("adts", .aac), Output("latm", .loas),
        Output("wav", .wav), Output("wav", .wav, "-rf64", "always"), Output("w64", .w64), Output("aiff", .aiff),
        Output("caf", .caf), Output("flac", .flac), Output("ogg", .ogg), Output("opus", .ogg), Output("spx", .ogg),
        Output("ac3", .ac3), Output("eac3", .ac3), Output("tta", .tta), Output("wv", .wavPack), Output("au", .au),
        Output("voc", .voc), Output("truehd", .trueHD, "-strict", "-2"), Output("dts", .dts, "-strict", "-2"),
    ]

    @Test(arguments: films)
    func `a film`(output: Output) throws {
        try expect(output, ["-f", "lavfi", "-i", "testsrc=s=176x144:r=25:d=0.4"])
    }

    @Test(arguments: sounds)
    func `a sound`(output: Output) throws {
        try expect(output, ["-f", "lavfi", "-i", "sine=r=48000:d=0.4"])
    }

    static let pictures: [(String, FileType)] = [
        ("png", .png), ("jpg", .jpg), ("gif", .gif), ("bmp", .bmp), ("tiff", .tiff), ("tga", .tga), ("pcx", .pcx),
        ("ppm", .pnm), ("pgm", .pnm), ("pam", .pnm), ("jp2", .jp2), ("webp", .webp), ("exr", .exr), ("fits", .fits),
    ]

    @Test(arguments: pictures)
    func `a picture`(name: String, type: FileType) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("a.\(name)")
        try ExternalTool.ffmpeg.run(
            ["-v", "error", "-f", "lavfi", "-i", "testsrc=s=64x48:d=0.04", "-frames:v", "1", path])
        #expect(try sniff(path) == .known(type))
    }

    static let archives: [(String, FileType)] = [
        ("tar", .tar), ("gztar", .gzip), ("bztar", .bzip2), ("xztar", .xz), ("zip", .zip),
    ]

    @Test(arguments: archives)
    func `an archive`(format: String, type: FileType) throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(at: folder.file("in"), withIntermediateDirectories: true)
        try Data("some text".utf8).write(to: folder.file("in/a.txt"))
        let made = try ExternalTool("python3").run([
            "-c", "import shutil,sys; print(shutil.make_archive(sys.argv[1], sys.argv[2], sys.argv[3]))",
            folder.path("made"), format, folder.path("in"),
        ]).output
        #expect(try sniff(made.trimmingCharacters(in: .whitespacesAndNewlines)) == .known(type))
    }

    @Test func `a database, and bytecode`() throws {
        let folder = try TemporaryFolder()
        try ExternalTool("python3").run([
            "-c", "import sqlite3,sys; c = sqlite3.connect(sys.argv[1]); c.execute('create table t (a)'); c.commit()",
            folder.path("a.db"),
        ])
        #expect(try sniff(folder.path("a.db")) == .known(.database))
    }

    private func expect(_ output: Output, _ source: [String]) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("made")
        try ExternalTool.ffmpeg.run(["-v", "error"] + source + output.arguments + ["-f", output.muxer, path])
        #expect(try sniff(path) == .known(output.type))
    }

    private func sniff(_ path: String) throws -> Known<FileType> {
        var source = MemorySource(Array(try Data(contentsOf: URL(filePath: path))))
        return try Sniff.type(of: &source)
    }
}
