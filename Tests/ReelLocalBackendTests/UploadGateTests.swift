import Testing

@testable import ReelLocalBackend

struct UploadGateTests {
    private func judge(_ name: String, _ bytes: [UInt8]) -> Content? {
        try? UploadGate.judge(name: name) { offset, count in
            Array(bytes.dropFirst(Int(offset)).prefix(count))
        }
    }

    static let taken: [(String, [UInt8], Content)] = [
        ("a.mp4", Sample.mp4, .mp4), ("a.MP4", Sample.m4a, .m4a), ("a.mov", Sample.mov, .mov),
        ("a.avi", Sample.avi, .avi), ("a.webm", Sample.webm, .webm), ("a.mkv", Sample.mkv, .mkv),
        ("a.jpg", Sample.jpg, .jpg), ("a.b.JPEG", Sample.jpg, .jpg), ("a.png", Sample.png, .png),
        ("a.gif", Sample.gif, .gif), ("a.webp", Sample.webp, .webp), ("a.mp3", Sample.mp3, .mp3),
        ("a.mp3", Sample.taggedMP3, .mp3), ("a.wav", Sample.wav, .wav), ("a.m4a", Sample.m4a, .m4a),
        ("a.aac", Sample.aac, .aac),
    ]

    @Test(arguments: taken) func takes(name: String, bytes: [UInt8], content: Content) {
        #expect(judge(name, bytes) == content)
    }

    static let refused: [(String, [UInt8])] = [
        ("a", Sample.jpg), (".jpg", Sample.jpg), ("a.bmp", Array("BM".utf8) + Sample.gif), ("a.heic", Sample.heic),
        ("a.mp4", Sample.heic), ("a.mp4", Sample.threeGP), ("a.mp4", Sample.mov), ("a.mov", Sample.mp4),
        ("a.jpg", Sample.png), ("a.png", Sample.jpg), ("a.webm", Sample.mkv), ("a.mkv", Sample.webm),
        ("a.mp3", Sample.mp2), ("a.mp3", Sample.aac), ("a.wav", Sample.avi), ("a.m4v", Sample.mp4),
        ("a.mp4", Array("#EXTM3U\nhttp://x/y\n".utf8)), ("a.mp4", Array("#!/bin/sh\necho no\n".utf8)),
        ("a.mp4", [0x50, 0x4B, 3, 4] + Sample.gif), ("a.jpg", []), ("a.jpg", [0xFF, 0xD8]),
    ]

    @Test(arguments: refused) func refuses(name: String, bytes: [UInt8]) {
        #expect(judge(name, bytes) == nil)
    }
}
