import Foundation
import ReelModel
import Testing

@testable import ReelLocalBackend

@Suite(.timeLimit(.minutes(2)))
struct ContractTests {
    @Test func tokenNeedsAClientAndIsKept() async throws {
        let bench = try await Bench()
        let none = try await bench.ask("/api/auth/anonymous-token", ["-X", "POST"])
        #expect((none.status, none.code) == (400, 400))
        #expect(none.headers["x-reelgate-local"] == "1")
        #expect(none.headers["server"] == "reelgate-local")
        let header = ["-X", "POST", "-H", "X-Client-Id: abc"]
        let first = try await bench.ask("/api/auth/anonymous-token", header).json["data"]
        #expect(first?["token"]?.text?.hasPrefix("nmv_usr_") == true)
        #expect(first?["user_id"]?.text?.hasPrefix("anon_") == true)
        #expect(first?["credits"] == 100)
        #expect(try await bench.ask("/api/auth/anonymous-token", header).json["data"] == first)
        #expect(try await bench.token(client: "abd") != first?["token"]?.text)
        await bench.stop()
    }

    @Test func tokensExpireAfterSevenDays() async throws {
        let clock = Clock()
        let bench = try await Bench(now: { clock.seconds })
        let token = try await bench.token()
        #expect(try await bench.ask("/api/credits/balance/simple", token: token).status == 200)
        clock.seconds += 7 * 86_400
        #expect(try await bench.ask("/api/credits/balance/simple", token: token).code == 1001)
        #expect(try await bench.token() != token)
        await bench.stop()
    }

    @Test(arguments: [
        ("POST", "/api/tasks/me/with-session/nemo_agent"), ("POST", "/run_sse"),
        ("POST", "/api/upload-video/nemo_agent/me/1"), ("GET", "/api/credits/balance/simple"),
        ("GET", "/api/state/nemo_agent/me/1/latest"), ("POST", "/api/render/proxy/lambda"),
        ("GET", "/api/render/proxy/lambda/r"), ("GET", "/api/render/proxy/r/download"),
    ])
    func everythingElseNeedsAToken(method: String, path: String) async throws {
        let bench = try await Bench()
        for headers in [[], ["-H", "Authorization: Bearer nmv_usr_no"], ["-H", "Authorization: nmv_usr_no"]] {
            let answer = try await bench.ask(path, ["-X", method] + headers)
            #expect(answer.status == 401)
            #expect(answer.code == 1001)
            #expect(answer.json["data"] == .null)
        }
        let other = try await bench.ask(path, ["-X", "DELETE"])
        #expect(other.status == 405)
        await bench.stop()
    }

    @Test func unknownPathsAre404() async throws {
        let bench = try await Bench()
        for path in ["/", "/api", "/files/renders/x.mp4", "/api/render/proxy/lambda/a/b", "/run_sse/x"] {
            #expect(try await bench.ask(path).status == 404)
        }
        await bench.stop()
    }

    @Test func unknownSessionsAre1002() async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let state = try await bench.ask("/api/state/nemo_agent/me/7/latest", token: token)
        #expect((state.status, state.code) == (404, 1002))
        #expect(try await bench.upload([("a.jpg", Sample.jpg)], "7", token).code == 1002)
        let message = try await bench.message("hello", "7", token)
        #expect(message.status == 404)
        #expect(message.json == ["detail": "Session not found: 7"])
        let draft: JSON = ["t": [["tt": 0, "sg": [["d": 1000]]]]]
        #expect(try await bench.submit("r", "7", token, draft: draft).code == 1002)
        // Somebody else's session is as unknown as one that never was.
        let own = try await bench.session(token)
        let stranger = try await bench.token(client: "stranger")
        #expect(try await bench.ask("/api/state/nemo_agent/me/\(own)/latest", token: stranger).code == 1002)
        await bench.stop()
    }

    @Test func sessionsNeedANameAndHaveLongIds() async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let path = "/api/tasks/me/with-session/nemo_agent"
        #expect(try await bench.post(path, token: token, [:]).status == 422)
        #expect(try await bench.post(path, token: token, ["task_name": 5]).status == 422)
        let answer = try await bench.post(path, token: token, ["task_name": "project", "language": "en"])
        let id = try #require(answer.json["data"]?["session_id"]?.text)
        let number = try #require(Int64(id))
        #expect(number > 1 << 53)
        #expect(answer.json["data"]?["task_id"]?.text?.isEmpty == false)
        let state = try await bench.state(id, token)
        #expect(state["draft"] == .null)
        #expect(state["video_infos"] == [])
        await bench.stop()
    }

    @Test func malformedMessagesAre422() async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let empty = try await bench.post("/run_sse", token: token, [:])
        #expect(empty.status == 422)
        let detail = empty.json["detail"]?.elements ?? []
        #expect(detail.map { $0["loc"]?[1] } == ["appName", "userId", "sessionId", "newMessage"])
        #expect(detail.allSatisfy { $0["type"] == "missing" && $0["msg"] == "Field required" })
        let broken = try await bench.ask(
            "/run_sse", token: token, ["-H", "Content-Type: application/json", "-d", "{\"app_name\": "])
        #expect(broken.status == 422)
        #expect(broken.json["detail"]?[0]?["type"] == "json_invalid")
        let plain = try await bench.ask("/run_sse", token: token, ["-d", "a=b"])
        #expect(plain.status == 422)
        await bench.stop()
    }
}

/// A clock that the test moves.
final class Clock: @unchecked Sendable {
    private let lock = NSLock()
    private var value = 1_800_000_000.0
    var seconds: Double {
        get { lock.withLock { value } }
        set { lock.withLock { value = newValue } }
    }
}
