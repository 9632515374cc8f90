import Foundation
import ReelModel
import Testing

@testable import ReelLocalBackend

@Suite(.timeLimit(.minutes(2)))
struct RecordTests {
    @Test func whatIsAskedAndAnsweredIsWrittenWithoutTokens() async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let session = try await bench.session(token)
        _ = try await bench.upload([("a.jpg", Sample.jpg)], session, token)
        let stream = try await bench.message("a kite, 5 s", session, token)
        _ = try await bench.ask("/api/state/nemo_agent/me/7/latest", token: token)
        let task = try #require(
            try await bench.ask("/api/state/nemo_agent/me/\(session)/latest", token: token).json["data"]?["task_id"])
        let claim = try await bench.post(
            "/api/auth/claim-token", token: token, ["task_id": task, "session_id": .string(session)])
        let secret = try #require(claim.json["data"]?["claim_token"]?.text)
        await bench.backend.stop()
        let lines = try bench.exchanges()
        #expect(lines.map { $0["asked"]?["method"] } == ["POST", "POST", "POST", "POST", "GET", "GET", "POST"])
        #expect(lines[0]["answered"]?["body"]?["data"]?["token"] == "<nmv_usr_…>")
        #expect(lines[1]["asked"]?["headers"]?["authorization"] == "Bearer <token>")
        #expect(lines[1]["asked"]?["body"] == ["task_name": "project"])
        #expect(lines[2]["asked"]?["files"] == [["filename": "a.jpg", "bytes": JSON(Sample.jpg.count)]])
        #expect(lines[3]["asked"]?["path"] == "/run_sse")
        #expect(lines[3]["answered"]?["lines"]?.elements?.compactMap(\.text).joined() == stream.text)
        #expect(lines[3]["answered"]?["bytes"] == JSON(stream.body.count))
        #expect(lines[3]["answered"]?["end"] == "whole")
        #expect(lines[4]["answered"]?["status"] == 404)
        #expect(lines[4]["answered"]?["body"]?["code"] == 1002)
        let text = try String(contentsOf: bench.state.appending(path: "exchanges.jsonl"), encoding: .utf8)
        #expect(!text.contains(token) && !text.contains(secret))
        let rights = try FileManager.default.attributesOfItem(
            atPath: bench.state.appending(path: "exchanges.jsonl").path)
        #expect(rights[.posixPermissions] as? Int == 0o600)
        await bench.stop()
    }

    @Test func filmsAreToldByTheirLength() async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let session = try await bench.session(token)
        _ = try await bench.submit("r", session, token, draft: RenderTests.draft)
        let address = try #require(try await bench.finished("r", token)["output"]?["url"]?.text)
        let path = address.dropFirst(bench.origin.count)
        _ = try await Curl.ask(address, ["-r", "0-99"])
        let lines = try bench.exchanges().filter { $0["asked"]?["path"]?.text == String(path) }
        #expect(lines.map { $0["answered"]?["status"] } == [206])
        #expect(lines.map { $0["answered"]?["bytes"] } == [100])
        #expect(lines.allSatisfy { $0["answered"]?["body"] == nil })
        await bench.stop()
    }
}
