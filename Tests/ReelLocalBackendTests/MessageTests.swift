import Foundation
import ReelModel
import Testing

@testable import ReelLocalBackend

@Suite(.timeLimit(.minutes(2)))
struct MessageTests {
    @Test func streamIsWrittenAsTheAgentServerWritesIt() async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let session = try await bench.session(token)
        let answer = try await bench.message("vertical, 10 s, title 'Hi'", session, token)
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "text/event-stream; charset=utf-8")
        #expect(answer.headers["transfer-encoding"] == "chunked")
        #expect(!answer.text.contains("\r"))
        #expect(answer.text.contains("data:\n\n"))
        let events = answer.events
        #expect(answer.text.components(separatedBy: "\n\n").count { $0.hasPrefix("data: ") } == events.count)
        for event in events {
            #expect(event["author"] == "nemo_agent")
            #expect(event["invocationId"]?.text?.hasPrefix("e-") == true)
            #expect(event["actions"]?["stateDelta"] != nil)
        }
        let partial = events.filter { $0["partial"] == true }.compactMap { $0["content"]?["parts"]?[0]?["text"]?.text }
        let whole = try #require(events.first { $0["turnComplete"] == true })
        #expect(partial.count == 3)
        #expect(whole["content"]?["parts"]?[0]?["text"]?.text == partial.joined())
        let parts = events.flatMap { $0["content"]?["parts"]?.elements ?? [] }
        #expect(parts.contains { $0["thought"] == true })
        #expect(parts.compactMap { $0["functionCall"]?["id"] } == parts.compactMap { $0["functionResponse"]?["id"] })
        let final = try #require(events.last)
        #expect(final["finishReason"] == "STOP")
        #expect(final["content"]?["parts"]?[0]?["text"]?.text?.hasPrefix("Local backend") == true)
        let draft = try #require(try await bench.state(session, token)["draft"])
        #expect(events.contains { $0["actions"]?["stateDelta"]?["draft"] == draft })
        #expect(draft["d"] == 10_000)
        await bench.stop()
    }

    @Test func aSilentEditChangesTheTimelineWithoutText() async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let session = try await bench.session(token)
        _ = try await bench.message("a red kite", session, token)
        let answer = try await bench.message("silent: change the title to 'Kite'", session, token)
        let texts = answer.events.flatMap { $0["content"]?["parts"]?.elements ?? [] }.compactMap { $0["text"]?.text }
        #expect(texts == [""])
        #expect(try await bench.state(session, token)["draft"]?["m"]?["title"] == "Kite")
        await bench.stop()
    }

    @Test func messagesCostCreditsUntilNoneAreLeft() async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let session = try await bench.session(token)
        for sent in 1...10 {
            #expect(try await bench.message("\(sent) s", session, token).status == 200)
            let balance = try await bench.ask("/api/credits/balance/simple", token: token).json["data"]
            #expect(balance == ["available": JSON(100 - 10 * sent), "frozen": 0, "total": JSON(100 - 10 * sent)])
        }
        let refused = try await bench.message("once more", session, token)
        #expect((refused.status, refused.code) == (402, 2001))
        #expect(try bench.record().count == 10)
        await bench.stop()
    }

    @Test func aWorkingSessionFreezesItsChargeAndTakesNoSecondMessage() async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let store = try Store(
            folder: StateFolder(root: bench.state.appending(path: "apart")), choices: Choices(), now: { 0 })
        await bench.stop()
        _ = token
        try store.folder.prepare()
        let account = try await store.account(ofClient: "c")
        let session = try await store.createSession(for: account, taskName: "p", language: nil)
        _ = try await store.accept(message: "a kite", in: session.id, of: account)
        #expect(await store.credits(of: account) == (90, 10))
        await #expect(throws: Refusal.busySession) {
            try await store.accept(message: "again", in: session.id, of: account)
        }
        let ending = Playback.Ending { _ in store.working.end(session.id) }
        ending.reach(.init(sent: 0, how: .whole))
        #expect(await store.credits(of: account) == (90, 0))
        // The one that has ended must not end the next.
        _ = try await store.accept(message: "a kite, 9 s", in: session.id, of: account)
        ending.reach(.init(sent: 0, how: .whole))
        #expect(await store.credits(of: account) == (80, 10))
        try? FileManager.default.removeItem(at: store.folder.root)
    }
}
