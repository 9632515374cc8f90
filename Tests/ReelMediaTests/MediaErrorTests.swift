import Foundation
import ReelMedia
import ReelModel
import ReelTestSupport
import Testing

struct `What failures say` {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `a file that is no media: the call, the file, and what to do`() throws {
        let path = folder.path("notes.mp4")
        try Data("just some words, over and over. ".utf8).write(to: folder.file("notes.mp4"))
        let failure = #expect(throws: Failure.self) {
            try withDescriptor(path) { _ = try Demuxer(descriptor: $0, name: "notes.mp4") }
        }
        #expect(failure?.kind == .unreadable)
        #expect(failure?.subject == "notes.mp4")
        #expect(failure?.problem.hasPrefix("avformat_open_input failed: ") == true)
        #expect(failure?.remedy.isEmpty == false)
    }

    @Test func `a broken index: the library's own words`() throws {
        try makeClip(at: folder.path("a.mp4"))
        // Without its end the file has no index.
        try makeClip(at: folder.path("b.mp4"), options: [:])
        let whole = try Data(contentsOf: folder.file("b.mp4"))
        try whole.prefix(whole.count / 2).write(to: folder.file("cut.mp4"))
        let failure = #expect(throws: Failure.self) {
            try withDescriptor(folder.path("cut.mp4")) { _ = try Demuxer(descriptor: $0, name: "cut.mp4") }
        }
        #expect(failure?.problem == "avformat_open_input failed: Invalid data found when processing input")
        #expect(failure?.cause == "moov atom not found")
    }

    @Test func `what was said of the file before is not told of this one`() throws {
        try makeClip(at: folder.path("a.ts"), format: "mpegts", options: [:])
        var damaged = try Data(contentsOf: folder.file("a.ts"))
        for place in stride(from: 1000, to: damaged.count, by: 61) { damaged[place] ^= 0x55 }
        try damaged.write(to: folder.file("damaged.ts"))
        try Data("just some words, over and over. ".utf8).write(to: folder.file("notes.mp4"))
        // The decoders that a demuxer tries packets with are the library's own, and so is what they say.
        try withDescriptor(folder.path("damaged.ts")) {
            let demuxer = try Demuxer(descriptor: $0, name: "damaged.ts")
            try demuxer.findStreamInfo()
        }
        let failure = #expect(throws: Failure.self) {
            try withDescriptor(folder.path("notes.mp4")) { _ = try Demuxer(descriptor: $0, name: "notes.mp4") }
        }
        #expect(failure?.kind == .unreadable && failure?.cause == nil)
    }

    @Test func `an unknown option is refused by its name`() throws {
        try makeClip(at: folder.path("a.mp4"))
        let failure = #expect(throws: Failure.self) {
            try makeClip(at: folder.path("b.mp4"), options: ["moofflags": "1"])
        }
        #expect(failure?.problem == "avformat_write_header knows no option \"moofflags\"")
    }

    @Test func `work that is stopped says so`() throws {
        try makeClip(at: folder.path("a.mp4"))
        let cancellation = Cancellation()
        cancellation.cancel()
        let failure = #expect(throws: Failure.self) {
            try withDescriptor(folder.path("a.mp4")) {
                _ = try Demuxer(descriptor: $0, name: "a.mp4", cancellation: cancellation)
            }
        }
        #expect(failure?.kind == .interrupted)
    }

    @Test func `the libraries have versions`() {
        #expect(MediaLibraries.versions.count == 6)
        #expect(MediaLibraries.versions["libavformat"]?.split(separator: ".").count == 3)
    }
}
