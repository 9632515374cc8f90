import Foundation
import ReelMedia
import ReelModel
import ReelTestSupport
import Testing

/// No content of a file may make the libraries open another one.
struct `Nothing else is opened` {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try makeClip(at: folder.path("canary.mp4"), frames: 5)
    }

    struct Lure: Sendable, CustomTestStringConvertible {
        let name: String
        let text: @Sendable (String) -> String
        var testDescription: String { name }
    }

    static let lures = [
        Lure(name: "hls.mp4") { "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n\($0)\n#EXT-X-ENDLIST\n" },
        Lure(name: "concat.mp4") { "ffconcat version 1.0\nfile '\($0)'\n" },
        Lure(name: "dash.mp4") {
            "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><Period>"
                + "<AdaptationSet><Representation id=\"1\"><BaseURL>\($0)</BaseURL></Representation>"
                + "</AdaptationSet></Period></MPD>"
        },
        Lure(name: "sdp.mp4") {
            "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=\($0)\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n"
        },
    ]

    @Test(arguments: lures)
    func `a playlist or script under another name is refused`(lure: Lure) throws {
        try lure.text(folder.path("canary.mp4")).write(
            to: folder.file(lure.name), atomically: true, encoding: .utf8)
        let failure = #expect(throws: Failure.self) {
            try withDescriptor(folder.path(lure.name)) { _ = try Demuxer(descriptor: $0, name: lure.name) }
        }
        #expect(failure?.kind == .unreadable)
    }

    @Test func `a movie whose samples are said to lie in another file gives none of them`() throws {
        // The data reference in the movie's `dinf` is turned from "in this file" into an alias of the canary.
        let options = ["use_absolute_path": "1", "enable_drefs": "1"]
        try makeClip(at: folder.path("a.mov"), frames: 5, format: "mov", options: [:])
        var data = try Data(contentsOf: folder.file("a.mov"))
        let entry = try #require(data.range(of: Data("alis".utf8)) ?? data.range(of: Data("url ".utf8)))
        data[entry.upperBound + 3] = 0
        try data.write(to: folder.file("b.mov"))
        // Whatever the demuxer makes of it, it must not crash and must not open anything.
        try withDescriptor(folder.path("b.mov")) { descriptor in
            _ = try? Demuxer(descriptor: descriptor, name: "b.mov", options: options)
        }
    }

    @Test func `a pattern in a name is not followed`() throws {
        try Data("text".utf8).write(to: folder.file("image%03d.png"))
        #expect(throws: Failure.self) {
            try withDescriptor(folder.path("image%03d.png")) {
                _ = try Demuxer(descriptor: $0, name: folder.path("image%03d.png"))
            }
        }
    }
}
