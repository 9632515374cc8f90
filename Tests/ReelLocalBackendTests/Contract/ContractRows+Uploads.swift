import Foundation
import ReelModel
import ReelTestSupport
import Testing

extension ContractRow {
    /// A good file of each accepted type; a `.jpeg` is a jpg.
    private static let accepted = [
        ("passes-h264-aac.mp4", "a.mp4"), ("passes-h264-pcm.mov", "a.mov"), ("passes-mpeg4-mp3.avi", "a.avi"),
        ("passes-vp9-opus.webm", "a.webm"), ("passes-h264-aac.mkv", "a.mkv"), ("passes-upright.jpg", "a.jpg"),
        ("passes-upright.jpg", "a.jpeg"), ("passes-rgb.png", "a.png"), ("passes-animated.gif", "a.gif"),
        ("passes-lossy.webp", "a.webp"), ("passes-cbr.mp3", "a.mp3"), ("passes-pcm.wav", "a.wav"),
        ("passes-aac.m4a", "a.m4a"), ("passes-adts.aac", "a.aac"),
    ]

    private static let refused = [
        "fires-type-not-accepted-flac.flac", "fires-type-not-accepted-flv.flv", "fires-type-not-accepted-ogg.ogg",
        "fires-type-not-accepted-tiff.tiff", "fires-type-not-accepted-ts.ts", "fires-type-not-accepted-wmv.wmv",
        "fires-type-not-accepted-text.txt", "fires-type-not-accepted-script-named.mp4",
    ]

    static let uploads = [
        ContractRow("2.4-types", "every type of the list is taken, whatever the case of its extension") { service in
            let user = try await service.user()
            let session = try await service.session(user)
            for (fixture, name) in accepted {
                let answer = try await service.upload(fixture, as: name, session, user)
                #expect(!answer.isRefusal, "\(name): \(answer.text)")
            }
            #expect(try await service.upload("passes-upright.jpg", as: "A.JPG", session, user).isRefusal == false)
        },
        ContractRow("2.4-4001", "any other type is 4001, and is not kept") { service in
            let user = try await service.user()
            let session = try await service.session(user)
            for fixture in refused {
                #expect(try await service.upload(fixture, session, user).meaning == 4001, "\(fixture)")
            }
            let state = try await service.state(session, user).field("state")
            #expect((state?["video_infos"] ?? .null).isEmpty || state?["video_infos"] == .null)
        },
        ContractRow("2.4-4002", "a request of more than 200 MB is 4002") { service in
            let user = try await service.user()
            let session = try await service.session(user)
            let file = try service.emptyFile("large.mp4", bytes: 200_000_000)
            let answer = try await service.ask(
                "/api/upload-video/nemo_agent/me/\(session)", user.headers + ["-F", "files=@\(file)"])
            #expect(answer.meaning == 4002)
        },
        ContractRow("2.4-answer", "an upload is described: name, kind, address, seconds and pixels") { service in
            let user = try await service.user()
            let session = try await service.session(user)
            let answer = try await service.upload("passes-h264-aac.mp4", session, user)
            let file = try #require((answer.field("files") ?? answer.json["data"])?[0])
            #expect(file["filename"] == "passes-h264-aac.mp4")
            #expect(file["file_type"] == "video")
            #expect(file["cdn_url"]?.text?.hasPrefix("http") == true)
            #expect(file["duration"]?.double.map { $0 > 0 && $0 < 60 } == true)
            #expect((file["width"]?.integer ?? 0) > 0 && (file["height"]?.integer ?? 0) > 0)
        },
        ContractRow("2.4-several", "several files in one form are all taken, in order") { service in
            let user = try await service.user()
            let session = try await service.session(user)
            let names = ["passes-upright.jpg", "passes-h264-aac.mp4", "passes-cbr.mp3"]
            let parts = names.flatMap { ["-F", "files=@\(Places.fixtures.appending(path: $0).path)"] }
            let answer = try await service.ask("/api/upload-video/nemo_agent/me/\(session)", user.headers + parts)
            #expect(answer.field("files")?.elements?.map { $0["filename"]?.text } == names)
        },
        ContractRow("2.4-address", "an address is an upload's other form; one that cannot be had is no crash") {
            service in
            let user = try await service.user()
            let session = try await service.session(user)
            let answer = try await service.post(
                "/api/upload-video/nemo_agent/me/\(session)", user,
                ["urls": ["http://127.0.0.1:9/a.jpg"], "source_type": "url"])
            #expect(!answer.isRefusal || answer.status < 500)
        },
        ContractRow("2.4-malformed", "a form without files is refused") { service in
            let user = try await service.user()
            let path = "/api/upload-video/nemo_agent/me/\(try await service.session(user))"
            for arguments in [
                ["-F", "other=1"], ["-d", "x=1"], ["-H", "Content-Type: application/json", "-d", "{}"],
            ] {
                #expect(try await service.ask(path, user.headers + arguments).isRefusal)
            }
        },
    ]
}
