import Foundation
import ReelModel
import Testing

@testable import ReelLocalBackend

@Suite(.timeLimit(.minutes(2)))
struct RenderTests {
    static let draft: JSON = ["m": ["width": 1080, "height": 1920], "t": [["tt": 0, "sg": [["d": 2000, "n": "x"]]]]]

    @Test func exportGoesFromPendingToItsFile() async throws {
        let media = FakeMedia(open: false)
        let bench = try await Bench(media: media)
        let token = try await bench.token()
        let session = try await bench.session(token)
        let submitted = try await bench.submit("render_1", session, token, draft: Self.draft)
        #expect(submitted.status == 200)
        #expect(submitted.json == ["taskId": "render_1", "status": "pending", "progress": 0])
        let early = try await bench.ask("/api/render/proxy/render_1/download", token: token)
        #expect(early.status == 409)
        let again = try await bench.submit("render_1", session, token, draft: Self.draft)
        #expect((again.status, again.code) == (409, 409))
        media.letGo()
        let done = try await bench.finished("render_1", token)
        #expect(done["progress"] == 100)
        #expect(done["output"]?["duration"] == 2)
        #expect(done["output"]?["size"] == JSON(FakeMedia.film.count))
        #expect(media.storyboards.map(\.canvas) == [Size(width: 1080, height: 1920)])
        let url = try #require(done["output"]?["url"]?.text)
        let film = try await Curl.ask(url)
        #expect(film.body == FakeMedia.film)
        #expect(film.headers["content-length"] == "100000")
        #expect(film.headers["content-type"] == "video/mp4")
        #expect(try await bench.ask("/api/render/proxy/render_1/download", token: token).body == FakeMedia.film)
        #expect(try bench.record().map { $0["what"] } == ["render_1"])
        let stranger = try await bench.token(client: "stranger")
        #expect(try await bench.ask("/api/render/proxy/lambda/render_1", token: stranger).status == 404)
        await bench.stop()
    }

    @Test func filmsAreReadInParts() async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let session = try await bench.session(token)
        _ = try await bench.submit("r", session, token, draft: Self.draft)
        let url = try #require(try await bench.finished("r", token)["output"]?["url"]?.text)
        let part = try await Curl.ask(url, ["-r", "1000-1999"])
        #expect(part.status == 206)
        #expect(part.headers["content-range"] == "bytes 1000-1999/100000")
        #expect(part.headers["content-length"] == "1000")
        #expect(part.body == Array(FakeMedia.film[1000..<2000]))
        let tag = try #require(part.headers["etag"])
        let rest = try await Curl.ask(url, ["-r", "99990-", "-H", "If-Range: \(tag)"])
        #expect(rest.body == Array(FakeMedia.film.suffix(10)))
        #expect(try await Curl.ask(url, ["-r", "99990-", "-H", "If-Range: \"other\""]).body == FakeMedia.film)
        let beyond = try await Curl.ask(url, ["-r", "100000-"])
        #expect(beyond.status == 416)
        #expect(beyond.headers["content-range"] == "bytes */100000")
        let head = try await Curl.ask(url, ["-I"])
        #expect((head.status, head.headers["content-length"]) == (200, "100000"))
        await bench.stop()
    }

    @Test(arguments: 0..<3) func withoutAttributionAnExportIs402(missing: Int) async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let session = try await bench.session(token)
        var headers = Bench.attribution
        headers.removeSubrange(missing * 2..<missing * 2 + 2)
        let answer = try await bench.submit("r", session, token, draft: Self.draft, headers)
        #expect((answer.status, answer.code) == (402, 402))
        #expect(try await bench.ask("/api/render/proxy/lambda/r", token: token).status == 404)
        await bench.stop()
    }

    @Test func aFailedRenderSaysWhy() async throws {
        let failure = Failure(.workerDied, subject: "a.mp4", problem: "it crashed", remedy: "Try another")
        let bench = try await Bench(media: FakeMedia(failure: failure))
        let token = try await bench.token()
        let session = try await bench.session(token)
        _ = try await bench.submit("r", session, token, draft: Self.draft)
        let done = try await bench.finished("r", token)
        #expect(done["status"] == "failed")
        #expect(done["error"]?.text?.contains("it crashed") == true)
        #expect(done["output"] == nil)
        await bench.stop()
    }

    @Test(arguments: [
        (#"{"id":"r","sessionId":"SID","draft":{}}"#, "draft"), (#"{"id":"r","sessionId":"SID"}"#, "draft"),
        (#"{"id":"../x","sessionId":"SID","draft":{}}"#, "id"), (#"{"sessionId":"SID","draft":{}}"#, "id"),
        (#"{"id":"r","sessionId":"SID","draft":{},"output":{"format":"gif"}}"#, "output"),
    ])
    func malformedSubmissionsAre422(body: String, field: String) async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let session = try await bench.session(token)
        let json = try JSON(parsing: body.replacingOccurrences(of: "SID", with: session))
        let answer = try await bench.post("/api/render/proxy/lambda", token: token, json, Bench.attribution)
        #expect(answer.status == 422)
        #expect(answer.json["detail"]?[0]?["loc"]?[1]?.text == field)
        await bench.stop()
    }

    @Test func everythingOutlivesTheProcess() async throws {
        let bench = try await Bench(media: FakeMedia(open: false))
        let token = try await bench.token()
        let session = try await bench.session(token)
        _ = try await bench.upload([("a.jpg", Sample.jpg)], session, token)
        _ = try await bench.message("vertical, title 'Hi'", session, token)
        let before = try await bench.state(session, token)
        let draft = try #require(before["draft"])
        _ = try await bench.submit("r1", session, token, draft: draft)
        _ = try await bench.submit("r2", session, token, draft: draft)
        let media = FakeMedia()
        try await bench.restart(media: media)
        let after = try await bench.state(session, token)
        #expect(after["draft"] == draft)
        #expect(after["video_infos"]?[0]?["asset_id"] == before["video_infos"]?[0]?["asset_id"])
        #expect(try await bench.finished("r1", token)["status"] == "completed")
        #expect(try await bench.finished("r2", token)["status"] == "completed")
        #expect(media.storyboards.count == 2)
        #expect(try await bench.ask("/api/credits/balance/simple", token: token).json["data"]?["available"] == 90)
        #expect(try bench.record().map { $0["accepted"] } == ["upload", "message", "render", "render"])
        try FileManager.default.removeItem(at: bench.state.appending(path: "record.jsonl"))
        try await bench.restart(media: media)
        #expect(try bench.record().map { $0["accepted"] } == ["upload", "message", "render", "render"])
        #expect(media.storyboards.count == 2)
        await bench.stop()
    }

    @Test func oneStateFolderHasOneBackend() async throws {
        let bench = try await Bench()
        let second = LocalBackend(configuration: .init(state: bench.state), media: FakeMedia())
        let failure = await #expect(throws: Failure.self) { try await second.start() }
        #expect(failure?.problem.contains(bench.origin) == true)
        #expect(LocalBackend.port(ofBackendUsing: bench.state) == bench.port)
        await bench.backend.stop()
        #expect(LocalBackend.port(ofBackendUsing: bench.state) == nil)
        await bench.stop()
    }
}
