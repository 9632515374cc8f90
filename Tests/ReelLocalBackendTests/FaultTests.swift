import Foundation
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelLocalBackend

@Suite(.timeLimit(.minutes(2)))
struct FaultTests {
    // MARK: The list

    @Test func everyFaultIsListedOnce() throws {
        let folder = Places.root.appending(path: "Sources/ReelLocalBackend/Faults")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let definitions = try files.reduce(0) { count, file in
            count + (try String(contentsOf: file, encoding: .utf8)).components(separatedBy: "= Fault(\n").count - 1
        }
        #expect(Fault.all.count == definitions)
        #expect(Set(Fault.all.map(\.name)).count == Fault.all.count)
        #expect(LocalBackend.faults.count == Fault.all.count)
    }

    @Test(arguments: [
        ("silent-edit=0.3", FaultOrder("silent-edit", rate: .share(0.3))),
        ("cut:512=1", FaultOrder("cut", value: 512, rate: .share(1))),
        ("cut:-1=0", FaultOrder("cut", value: -1, rate: .share(0))),
        ("rate-limit=2x", FaultOrder("rate-limit", rate: .first(2))),
    ])
    func ordersAreRead(text: String, order: FaultOrder) throws {
        #expect(try FaultOrder(parsing: text) == order)
    }

    @Test(arguments: [
        "", "cut", "cut=", "cut=2", "cut=-0.1", "cut=nan", "cut:x=1", "cut:=1", "nonsense=1", "silent-edit:3=1",
        "cut=-1x", "cut:1e300=1",
    ])
    func wrongOrdersAreTold(text: String) {
        let failure = #expect(throws: Failure.self) { try FaultOrder(parsing: text) }
        #expect(failure?.kind == .usage)
    }

    @Test func theSeedDecides() throws {
        let orders = [try FaultOrder(parsing: "cut=0.3"), try FaultOrder(parsing: "silent-edit=0.5")]
        func pattern(_ orders: [FaultOrder], _ seed: UInt64) -> [[String]] {
            let plan = FaultPlan(orders, seed: seed)
            return (0..<2000).map { _ in plan.strikes(on: Fault.Occasion(route: .message)).map(\.fault.name) }
        }
        let first = pattern(orders, 7)
        #expect(pattern(orders, 7) == first)
        #expect(pattern(orders, 8) != first)
        let cuts = first.count { $0.contains("cut") }
        #expect((540...660).contains(cuts))
        // Another fault has no say in it.
        #expect(pattern([orders[0]], 7) == first.map { $0.filter { $0 == "cut" } })
        #expect(pattern([try FaultOrder(parsing: "cut=2x")], 7).prefix(4) == [["cut"], ["cut"], [], []])
    }

    // MARK: Streams

    private func messaged(
        _ faults: [String], _ check: (Bench, Curl.Answer, JSON) async throws -> Void
    ) async throws {
        let bench = try await Bench(faults: faults)
        let token = try await bench.token()
        let session = try await bench.session(token)
        let answer = try await bench.message("a kite, 5 s", session, token, attempt: true)
        let state = try await bench.state(session, token)
        #expect(state["draft"]?["d"] == 5000, "the work is done")
        #expect(try bench.record().map { $0["what"] } == ["a kite, 5 s"])
        // The session is free for the next.
        #expect(try await bench.message("6 s", session, token).status == 200)
        try await check(bench, answer, state)
        await bench.stop()
    }

    @Test func silentEdit() async throws {
        try await messaged(["silent-edit=1x"]) { _, answer, _ in
            let parts = answer.events.flatMap { $0["content"]?["parts"]?.elements ?? [] }
            let words = parts.filter { $0["thought"] != true }.compactMap { $0["text"]?.text }
            #expect(words == [""])
            #expect(answer.exit == 0)
        }
    }

    @Test func cutAtAByte() async throws {
        try await messaged(["cut:300=1x"]) { bench, answer, _ in
            #expect(answer.exit == 18)
            #expect(answer.body.count == 300)
            let line = try #require(try bench.exchanges().first { $0["faults"]?[0] == "cut" })
            #expect(line["answered"]?["end"] == "cut")
            #expect(line["answered"]?["bytes"] == 300)
        }
        try await messaged(["cut:0=1x"]) { _, answer, _ in #expect(answer.body.isEmpty) }
        try await messaged(["stall=1x"]) { _, answer, _ in #expect(answer.exit == 18) }
    }

    @Test func duplicatedEvents() async throws {
        try await messaged(["duplicate-events=1x"]) { _, answer, _ in
            let ids = answer.events.compactMap { $0["id"]?.text }
            #expect(ids.count == 2 * Set(ids).count)
        }
    }

    @Test func heartbeatsAndBrokenLines() async throws {
        try await messaged(["heartbeats-only:600=1x"]) { _, answer, _ in
            #expect(answer.text == String(repeating: "data:\n\n", count: 41))
        }
        try await messaged(["broken-line=1x"]) { _, answer, _ in
            #expect(answer.text.contains("data: {\"content\": {\"parts\": [\n\n"))
            #expect(answer.events.last?["finishReason"] == "STOP")
        }
    }

    @Test func lostResponseOfAMessage() async throws {
        try await messaged(["lost-response=0"]) { _, answer, _ in #expect(answer.exit == 0) }
        try await messaged(["gateway-timeout=0"]) { _, answer, _ in #expect(answer.status == 200) }
    }

    @Test func pausesAreSaidAndNotMade() throws {
        func spoiled(_ order: String) throws -> Answer {
            let plan = FaultPlan([try FaultOrder(parsing: order)], seed: 0)
            var answer = Answer.json(["a": 1])
            for strike in plan.strikes(on: Fault.Occasion(route: .credits)) { strike.fault.spoil(strike, &answer) }
            return answer
        }
        #expect(try spoiled("delay:3=1").manner.delay == 3)
        #expect(try spoiled("slow-drip=1").manner.bytesPerSecond == 200)
        #expect(try spoiled("wrong-length:7=1").manner.announcedBytes == 14)
    }

    // MARK: Any request

    @Test(arguments: [
        ("rate-limit=1x", Int32(0), 429, Int64?(429)), ("server-error=1x", 0, 503, nil),
        ("server-error:502=1x", 0, 502, nil), ("error-in-200=1x", 0, 200, 500),
        ("error-in-200:2001=1x", 0, 200, 2001), ("reset=1x", 56, 0, nil),
    ])
    func refusedBeforeAnythingIsDone(fault: String, exit: Int32, status: Int, code: Int64?) async throws {
        // The first occasion is the token's.
        let bench = try await Bench(faults: [fault])
        let header = ["-X", "POST", "-H", "X-Client-Id: abc"]
        let answer = try await Curl.attempt(bench.origin + "/api/auth/anonymous-token", header)
        #expect((answer.exit, answer.status, answer.code) == (exit, status, code))
        if exit == 0 { #expect(answer.headers["x-reelgate-local"] == "1") }
        #expect(try await bench.ask("/api/auth/anonymous-token", header).code == 0)
        await bench.stop()
    }

    @Test func lostResponsesAreCarriedOut() async throws {
        let bench = try await Bench(faults: ["lost-response=1"])
        let token = try await bench.token()
        let opened = try await bench.post(
            "/api/tasks/me/with-session/nemo_agent", token: token, ["task_name": "p"], attempt: true)
        #expect(opened.exit == 52)
        let session = try #require(
            try FileManager.default.contentsOfDirectory(atPath: bench.state.appending(path: "sessions").path).first)
        #expect(try await bench.message("a kite, 5 s", session, token, attempt: true).exit == 52)
        #expect(try await bench.state(session, token)["draft"]?["d"] == 5000)
        #expect(try await bench.upload([("a.jpg", Sample.jpg)], session, token, attempt: true).exit == 52)
        #expect(try await bench.state(session, token)["video_infos"]?[0]?["filename"] == "a.jpg")
        let draft = try #require(try await bench.state(session, token)["draft"])
        #expect(try await bench.submit("r1", session, token, draft: draft, attempt: true).exit == 52)
        #expect(try await bench.finished("r1", token)["status"] == "completed")
        #expect(try bench.record().map { $0["accepted"] } == ["message", "upload", "render"])
        await bench.stop()
    }

    @Test func gatewayTimeoutsAreCarriedOut() async throws {
        let bench = try await Bench(faults: ["gateway-timeout=1"])
        let token = try await bench.token()
        _ = try await bench.post(
            "/api/tasks/me/with-session/nemo_agent", token: token, ["task_name": "p"], attempt: true)
        let session = try #require(
            try FileManager.default.contentsOfDirectory(atPath: bench.state.appending(path: "sessions").path).first)
        #expect(try await bench.message("a kite", session, token).status == 504)
        #expect(try await bench.message("9 s", session, token).status == 504)
        #expect(try await bench.state(session, token)["draft"]?["d"] == 9000)
        await bench.stop()
    }

    @Test func tokensAndSessionsAreGoneForGood() async throws {
        let bench = try await Bench(faults: ["token-expired=0", "session-vanished=0"])
        await bench.stop()
        let vanishing = try await Bench(faults: ["session-vanished=1x"])
        let token = try await vanishing.token()
        let session = try await vanishing.session(token)
        for _ in 0..<2 {
            #expect(
                try await vanishing.ask("/api/state/nemo_agent/me/\(session)/latest", token: token).code == 1002)
        }
        try await vanishing.restart(media: FakeMedia())
        #expect(try await vanishing.ask("/api/state/nemo_agent/me/\(session)/latest", token: token).code == 1002)
        await vanishing.stop()
        let expiring = try await Bench(faults: ["token-expired=1x"])
        let first = try await expiring.token()
        for _ in 0..<2 {
            let answer = try await expiring.ask("/api/credits/balance/simple", token: first)
            #expect((answer.status, answer.code) == (401, 1001))
        }
        let second = try await expiring.token()
        #expect(second != first)
        #expect(try await expiring.ask("/api/credits/balance/simple", token: second).code == 0)
        await expiring.stop()
    }

    // MARK: Exports

    @Test func aFailedRenderIsFollowedByAGoodOne() async throws {
        let bench = try await Bench(faults: ["failed-render=1x"])
        let token = try await bench.token()
        let session = try await bench.session(token)
        for (id, status) in [("r1", JSON("failed")), ("r2", "completed")] {
            _ = try await bench.submit(id, session, token, draft: RenderTests.draft)
            #expect(try await bench.finished(id, token)["status"] == status)
        }
        await bench.stop()
    }

    @Test(arguments: [
        ("expired-link=1x", Int32(0), 403), ("download-missing=1x", 0, 404), ("range-refused=1x", 0, 416),
        ("cut:5000=1x", 18, 206), ("wrong-length=1x", 18, 206), ("slow-drip:5000=1x", 0, 206), ("reset=8x", 56, 0),
    ])
    func downloadsGoWrongOnce(fault: String, exit: Int32, status: Int) async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let session = try await bench.session(token)
        _ = try await bench.submit("r", session, token, draft: RenderTests.draft)
        let done = try await bench.finished("r", token)
        var path = try #require(done["output"]?["url"]?.text).dropFirst(bench.origin.count)
        try await bench.restart(media: FakeMedia(), faults: [fault])
        let answer = try await Curl.attempt(bench.origin + path, ["-r", "1000-20999"])
        #expect((answer.exit, answer.status) == (exit, status))
        if fault.hasPrefix("cut") { #expect(answer.body == Array(FakeMedia.film[1000..<6000])) }
        try await bench.restart(media: FakeMedia(), faults: [])
        path += "?again"
        #expect(try await Curl.ask(bench.origin + path, ["-r", "1000-20999"]).body.count == 20_000)
        await bench.stop()
    }
}
