import Foundation
import ReelModel
import ReelWorker
import Testing

@testable import ReelLocalBackend

@Suite(.timeLimit(.minutes(2)))
struct UploadTests {
    @Test func severalFilesAreTakenAndListed() async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let session = try await bench.session(token)
        let answer = try await bench.upload([("a.jpg", Sample.jpg), ("clip.mp4", Sample.mp4)], session, token)
        #expect((answer.status, answer.code) == (200, 0))
        #expect(answer.json["data"]?["session_state_applied"] == true)
        let files = answer.json["data"]?["files"]?.elements ?? []
        #expect(files.map { $0["filename"] } == ["a.jpg", "clip.mp4"])
        #expect(files.map { $0["file_type"] } == ["image", "video"])
        #expect(files[1]["duration"] == 6.25)
        #expect(files[1]["width"] == 640)
        let url = try #require(files[0]["cdn_url"]?.text)
        #expect(try await Curl.ask(url).body == Sample.jpg)
        #expect(try await bench.state(session, token)["video_infos"]?.elements == files)
        #expect(try bench.record().map { $0["accepted"] } == ["upload"])
        #expect(try bench.record()[0]["what"] == "a.jpg, clip.mp4")
        await bench.stop()
    }

    @Test func oneWrongTypeRefusesTheRequest() async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let session = try await bench.session(token)
        let answer = try await bench.upload([("a.jpg", Sample.jpg), ("b.jpg", Sample.heic)], session, token)
        #expect((answer.status, answer.code) == (415, 4001))
        #expect(answer.json["message"]?.text?.contains("b.jpg") == true)
        #expect(answer.json["message"]?.text?.contains("mp4, mov, avi") == true)
        #expect(try await bench.state(session, token)["video_infos"] == [])
        #expect(try bench.left().isEmpty)
        await bench.stop()
    }

    @Test func wholeRequestOverTheLimitIsRefused() async throws {
        let bench = try await Bench(maxUploadBytes: 300_000)
        let token = try await bench.token()
        let session = try await bench.session(token)
        // The file alone is just under the limit; its form is not.
        let large = Sample.jpg + [UInt8](repeating: 7, count: 300_000 - Sample.jpg.count - 50)
        let answer = try await bench.upload([("a.jpg", large)], session, token)
        #expect((answer.status, answer.code) == (413, 4002))
        let fits = try await bench.upload([("a.jpg", Array(large.dropLast(1000)))], session, token)
        #expect(fits.code == 0)
        #expect(try bench.left().isEmpty)
        await bench.stop()
    }

    @Test func aBodyWithoutLengthIsRefusedWhileItStreams() async throws {
        let bench = try await Bench(maxUploadBytes: 300_000)
        let token = try await bench.token()
        let session = try await bench.session(token)
        let file = bench.state.appending(path: "big.jpg")
        try Data(Sample.jpg + [UInt8](repeating: 7, count: 2_000_000)).write(to: file)
        let answer = try await bench.ask(
            "/api/upload-video/nemo_agent/me/\(session)", token: token,
            ["-H", "Transfer-Encoding: chunked", "-F", "files=@\(file.path)"])
        #expect((answer.status, answer.code) == (413, 4002))
        #expect(try bench.left().isEmpty)
        await bench.stop()
    }

    @Test func aLargeFileArrivesWhole() async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let session = try await bench.session(token)
        let content = Sample.jpg + (0..<4_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
        let answer = try await bench.upload([("a.jpg", content)], session, token)
        let url = try #require(answer.json["data"]?["files"]?[0]?["cdn_url"]?.text)
        #expect(try await Curl.ask(url).body == content)
        await bench.stop()
    }

    @Test(arguments: [
        ["-F", "other=1"], ["-F", "files=words"], ["-d", "x=1"],
        ["-H", "Content-Type: multipart/form-data; boundary=q", "--data-binary", "--q\r\n\r\nx"],
        ["-H", "Content-Type: application/json", "-d", "{}"],
        ["-H", "Content-Type: application/json", "-d", #"{"urls":["https://example.com/a.mp4"],"source_type":"url"}"#],
        ["-H", "Content-Type: application/json", "-d", #"{"urls":["http://127.0.0.1:9/a.mp4"],"source_type":"url"}"#],
    ])
    func malformedUploadsAre422(arguments: [String]) async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let session = try await bench.session(token)
        let answer = try await bench.ask("/api/upload-video/nemo_agent/me/\(session)", token: token, arguments)
        #expect(answer.status == 422)
        #expect(answer.json["detail"]?.isEmpty == false)
        await bench.stop()
    }

    @Test func addressesOfThisMachineAreFetchedByTheGivenFetcher() async throws {
        let bench = try await Bench(fetch: { address, file, limit in
            let content = address.contains("a.jpg") ? Sample.jpg : Sample.heic
            try FileHandle(fileDescriptor: file.descriptor, closeOnDealloc: false).write(contentsOf: Data(content))
        })
        let token = try await bench.token()
        let session = try await bench.session(token)
        let path = "/api/upload-video/nemo_agent/me/\(session)"
        let taken = try await bench.post(
            path, token: token, ["urls": ["http://127.0.0.1:9/x/a.jpg?q=1"], "source_type": "url"])
        #expect(taken.json["data"]?["files"]?[0]?["filename"] == "a.jpg", "\(taken.text)")
        let refused = try await bench.post(
            path, token: token, ["urls": ["http://localhost:9/b.jpg"], "source_type": "url"])
        #expect(refused.code == 4001)
        #expect(try bench.left().isEmpty)
        await bench.stop()
    }
}

extension Bench {
    /// What uploads left behind on their way.
    func left() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: state.appending(path: "incoming").path)
    }
}
