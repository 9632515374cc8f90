import Foundation
import ReelModel
import ReelRemote
import ReelWorker
import Testing

@testable import ReelLocalBackend

/// The package's own client must get through whichever way the open questions of the contract are answered.
@Suite(.timeLimit(.minutes(5)))
struct SwitchTests {
    struct Turned: CustomTestStringConvertible, Sendable {
        var name: String
        var value: String
        var testDescription: String { "\(name)=\(value)" }
    }

    /// Every value that a switch has beside its standard.
    static let turned = Switch.all.flatMap { page in
        page.values.filter { $0 != page.standard }.map { Turned(name: page.name, value: $0) }
    }

    @Test func everySwitchIsListedOnceAndTakesItsValues() throws {
        #expect(Set(Switch.all.map(\.name)).count == Switch.all.count)
        let properties = Mirror(reflecting: Choices()).children.compactMap(\.label)
        // Two limits are the double's own and no question of the contract.
        #expect(Switch.all.count == properties.count - 2)
        for page in Switch.all {
            var choices = Choices()
            for value in page.values { try choices.turn(page.name, to: value) }
            try choices.turn(page.name, to: page.standard)
            #expect(throws: Failure.self) { try choices.turn(page.name, to: "no such value") }
        }
        var choices = Choices()
        #expect(throws: Failure.self) { try choices.turn("no-such-switch", to: "1") }
        #expect(throws: Failure.self) { try choices.turn("pace", to: "-1") }
        #expect(throws: Failure.self) { try choices.turn("free-credits", to: "1.5") }
    }

    @Test(arguments: turned) func theClientGetsThrough(_ turned: Turned) async throws {
        let bench = try await Bench(switches: [turned.name: turned.value])
        let client = NemoClient(
            NemoClient.Configuration(
                backend: try #require(Backend(bench.origin)), attribution: Attribution(version: "1.0.0"),
                sleep: { _ in }),
            transport: try Transport(userAgent: "test"))
        let session = try await client.createSession(language: "en").id
        let fresh = try await client.state(session: session)
        #expect(fresh.draft == nil)
        let url = bench.state.appending(path: "a.jpg")
        try Data(Sample.jpg).write(to: url)
        let open = try OpenFile.reading(url.path(percentEncoded: false))
        let file = UploadFile(
            name: "a.jpg", type: try #require(FileType.named("jpg")), descriptor: open.descriptor,
            length: Int64(Sample.jpg.count))
        #expect(try await client.upload([file], session: session).map(\.name) == ["a.jpg"])
        var words = ""
        let reply = try await client.sendMessage("vertical, 10 s, title 'Hi'", session: session) { event in
            if case .text(let text) = event { words += text }
        }
        #expect(reply.segments.first == "Local backend: laying out your timeline…\n")
        #expect(reply.segments.count == 2)
        #expect(words == reply.segments.joined())
        let failed = try await client.sendMessage("boom", session: session) { _ in }
        #expect(failed.failure?.message.contains("exploded") == true)
        let state = try await client.state(session: session)
        #expect(state.canonical != fresh.canonical)
        let draft = try #require(state.draft)
        #expect(
            draft.summary
                == "Timeline (3 tracks): 1. Video: a.jpg (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: \"Hi\" (0-3s)")
        var status = try await client.submitRender(id: "r1", session: session, draft: draft.json)
        for _ in 0..<500 where status.phase != .completed { status = try await client.pollRender("r1") }
        #expect(status.phase == .completed)
        let address = try #require(status.address)
        for way in 0..<2 {
            let target = bench.state.appending(path: "out\(way).mp4")
            let output = try OpenFile.creating(target.path(percentEncoded: false))
            if way == 0 {
                try await client.download(address, to: output.descriptor)
            } else {
                try await client.downloadFallback(render: "r1", to: output.descriptor)
            }
            #expect(try [UInt8](Data(contentsOf: target)) == FakeMedia.film)
        }
        let credits = try await client.credits()
        #expect((credits.available, credits.frozen, credits.total) == (80, 0, 80))
        let unknown = await #expect(throws: RemoteError.self) { try await client.state(session: "7") }
        #expect(unknown?.kind == .sessionNotFound)
        withExtendedLifetime(open) {}
        await bench.stop()
    }

    // MARK: What another client sees

    @Test func dialectBIsAnswered() async throws {
        let clock = Clock()
        let bench = try await Bench(now: { clock.seconds }, switches: ["render-dialect": "B"])
        let token = try await bench.token()
        let session = try await bench.session(token)
        let submitted = try await bench.submit("r", session, token, draft: RenderTests.draft).json
        #expect(submitted["success"] == true)
        #expect(submitted["data"]?["id"] == "r")
        #expect(submitted["data"]?["createdAt"] == 1_800_000_000_000)
        var done: JSON?
        for _ in 0..<500 where done?["status"] != "completed" {
            done = try await bench.ask("/api/render/proxy/lambda/r", token: token).json["data"]
        }
        #expect(done?["outputUrl"]?.text?.hasPrefix(bench.origin + "/files/renders/") == true)
        #expect(done?["completedAt"] == 1_800_000_000_000)
        #expect(done?["output"] == nil)
        await bench.stop()
    }

    @Test func addressesAndSessionsExpire() async throws {
        let clock = Clock()
        let bench = try await Bench(
            now: { clock.seconds }, switches: ["link-lifetime": "60", "session-lifetime": "100"])
        let token = try await bench.token()
        let session = try await bench.session(token)
        _ = try await bench.submit("r", session, token, draft: RenderTests.draft)
        let address = try #require(try await bench.finished("r", token)["output"]?["url"]?.text)
        #expect(try await Curl.ask(address).status == 200)
        clock.seconds += 61
        #expect(try await Curl.ask(address).status == 403)
        let again = try #require(try await bench.finished("r", token)["output"]?["url"]?.text)
        #expect(try await Curl.ask(again).status == 200)
        #expect(try await bench.ask("/api/state/nemo_agent/me/\(session)/latest", token: token).code == 0)
        clock.seconds += 39
        #expect(try await bench.ask("/api/state/nemo_agent/me/\(session)/latest", token: token).code == 1002)
        await bench.stop()
    }

    @Test func tokensAreLimited() async throws {
        let clock = Clock()
        let bench = try await Bench(
            now: { clock.seconds },
            switches: ["repeated-token": "429", "tokens-per-address": "2", "renewed-user": "same"])
        let first = try await bench.token(client: "a")
        let user = ["-X", "POST", "-H", "X-Client-Id: a"]
        #expect(try await bench.ask("/api/auth/anonymous-token", user).code == 429)
        _ = try await bench.token(client: "b")
        #expect(try await bench.ask("/api/auth/anonymous-token", ["-X", "POST", "-H", "X-Client-Id: c"]).code == 429)
        let session = try await bench.session(first)
        clock.seconds += 7 * 86_400
        let second = try await bench.token(client: "a")
        #expect(second != first)
        #expect(try await bench.ask("/api/state/nemo_agent/me/\(session)/latest", token: second).code == 0)
        await bench.stop()
    }

    @Test func aReaderWhoLeavesMayEndTheWork() async throws {
        let bench = try await Bench(faults: ["cut:100=1x"], switches: ["disconnect": "cancels"])
        let token = try await bench.token()
        let session = try await bench.session(token)
        _ = try await bench.message("a kite, 5 s", session, token, attempt: true)
        var draft = try await bench.state(session, token)["draft"]
        for _ in 0..<500 where draft != .null { draft = try await bench.state(session, token)["draft"] }
        #expect(draft == .null)
        #expect(try await bench.message("a kite, 5 s", session, token).status == 200)
        #expect(try await bench.state(session, token)["draft"]?["d"] == 5000)
        await bench.stop()
    }

    @Test func refusalsTakeTheFormThatIsAskedFor() async throws {
        let bench = try await Bench(
            switches: [
                "error-status": "200", "error-body": "success", "message-refusal": "stream",
                "credits-per-message": "100",
            ])
        let token = try await bench.token()
        let session = try await bench.session(token)
        let unknown = try await bench.ask("/api/state/nemo_agent/me/7/latest", token: token)
        #expect((unknown.status, unknown.code) == (200, 1002))
        #expect(unknown.json["success"] == false)
        #expect(try await bench.message("a kite", session, token).status == 200)
        let broke = try await bench.message("a kite", session, token)
        #expect(broke.headers["content-type"] == "text/event-stream; charset=utf-8")
        #expect(broke.events.map { $0["code"] } == [2001])
        await bench.stop()
    }
}
