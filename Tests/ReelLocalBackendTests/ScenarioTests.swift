import Foundation
import ReelModel
import ReelRemote
import ReelTestSupport
import Testing

@testable import ReelLocalBackend

/// What the package's own client makes of each way in which a turn can go.
@Suite(.timeLimit(.minutes(3)))
struct ScenarioTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var message: String
        /// The last segment's beginning; `nil` where there is no segment.
        var last: String?
        var segments: Int
        var failure: String?
        var changes = true
        var testDescription: String { message }
    }

    static let opening = "Local backend: laying out your timeline…\n"
    static let report = "Local backend, no model was asked."

    static let cases = [
        Case(message: "a kite", last: report, segments: 2),
        Case(message: "风筝 10秒", last: "本地后端", segments: 2),
        Case(message: "silent: a kite", last: nil, segments: 0),
        Case(message: "two-stage: a kite", last: report, segments: 3),
        Case(message: "boom", last: "about to fail", segments: 1, failure: "exploded", changes: false),
        Case(message: "errevent", last: nil, segments: 0, failure: "quota", changes: false),
        Case(message: "a kite, max-tokens", last: report, segments: 2),
        Case(message: "a kite, temporary-issue", last: report, segments: 2),
        Case(message: "only-issue", last: nil, segments: 0, failure: "temporary issue", changes: false),
        Case(message: "a kite, tool-fails", last: report, segments: 2),
        Case(message: "a kite, fenced", last: "Local backend, as asked:\n```json\ndata: {\"error\"", segments: 2),
        Case(message: "a kite, heartbeats 3 minutes", last: report, segments: 2),
        Case(message: "a kite, window-talk", last: "Local backend: the title is in place. Click", segments: 2),
        Case(message: "a kite, unicode", last: "Cafe\u{301} 完成 👩\u{200D}👩\u{200D}👧 🏳\u{FE0F}\u{200D}🌈", segments: 2),
        Case(message: "a kite, handoff", last: report, segments: 3),
        Case(message: "adk-default", last: "Done 完成 ✅", segments: 3, changes: false),
        Case(message: "a kite, broken-line", last: report, segments: 2),
        Case(message: "nothing-at-all", last: nil, segments: 0, changes: false),
        Case(message: "ask-first: a kite", last: "Local backend: shall I do that?", segments: 1, changes: false),
    ]

    private func client(_ bench: Bench) throws -> NemoClient {
        NemoClient(
            NemoClient.Configuration(
                backend: try #require(Backend(bench.origin)), attribution: Attribution(version: "1.0.0"),
                sleep: { _ in }),
            transport: try Transport(userAgent: "test"))
    }

    @Test func everyScenarioIsListedAndPlayed() throws {
        let folder = Places.root.appending(path: "Sources/ReelLocalBackend/Agent/Scenarios")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let definitions = try files.reduce(0) { count, file in
            count + (try String(contentsOf: file, encoding: .utf8)).components(separatedBy: "= Scenario(\n").count - 1
        }
        // The one that is played where no word asks for another is in no list.
        #expect(Scenario.all.count == definitions - 1)
        let words = Scenario.all.flatMap(\.words)
        #expect(Set(words).count == words.count)
        let played = Set(Self.cases.map { Scenario.chosen(by: $0.message).name })
        #expect(Set(Scenario.all.map(\.name)).subtracting(played) == ["refused"])
    }

    @Test(arguments: cases) func theClientReads(_ expected: Case) async throws {
        let bench = try await Bench()
        let client = try client(bench)
        let session = try await client.createSession().id
        let before = try await client.state(session: session).canonical
        var words = ""
        let reply = try await client.sendMessage(expected.message, session: session) { event in
            if case .text(let text) = event { words += text }
        }
        #expect(reply.segments.count == expected.segments)
        if let last = expected.last { #expect(reply.segments.last?.hasPrefix(last) == true) }
        if expected.segments > 1, expected.message != "adk-default" { #expect(reply.segments.first == Self.opening) }
        if expected.failure == nil { #expect(words == reply.segments.joined()) }
        #expect((reply.failure == nil) == (expected.failure == nil))
        if let failure = expected.failure { #expect(reply.failure?.message.contains(failure) == true) }
        #expect((try await client.state(session: session).canonical != before) == expected.changes)
        await bench.stop()
    }

    @Test(arguments: [1001, 1002, 2001, 402, 429]) func refusalsInsideTheStream(code: Int) async throws {
        let bench = try await Bench()
        let client = try client(bench)
        let session = try await client.createSession().id
        let error = await #expect(throws: RemoteError.self) {
            try await client.sendMessage("refuse-\(code)", session: session) { _ in }
        }
        #expect(error?.mayHaveTakenEffect == true)
        #expect(try await client.state(session: session).draft == nil)
        await bench.stop()
    }

    @Test func whatIsAskedFirstIsDoneAfterAYes() async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let session = try await bench.session(token)
        let asked = try await bench.message("ask-first: a kite, 7 s", session, token)
        let question = try #require(asked.events.last)
        let call = try #require(question["content"]?["parts"]?[1]?["functionCall"]?["id"]?.text)
        #expect(question["actions"]?["requestedToolConfirmations"]?[call]?["confirmed"] == false)
        try await bench.restart(media: FakeMedia())
        _ = try await bench.message("yes, please", session, token)
        #expect(try await bench.state(session, token)["draft"]?["d"] == 7000)
        await bench.stop()
    }

    @Test func theTimelineGrowsWhileTheStreamGoesOn() async throws {
        // Cut just after the pictures, with a reader's leave ending the work: what was shown is what stays.
        let bench = try await Bench(switches: ["disconnect": "cancels"])
        let token = try await bench.token()
        let session = try await bench.session(token)
        let whole = try await bench.message("two-stage: a kite", session, token)
        let drafts = whole.events.compactMap { $0["actions"]?["stateDelta"]?["draft"] }
        #expect(drafts.map { $0["t"]?.elements?.count } == [1, 3])
        let place = try #require(whole.text.range(of: "Music and a title are next"))
        let bytes = whole.text[..<place.lowerBound].utf8.count
        try await bench.restart(media: FakeMedia(), faults: ["cut:\(bytes)=1x"])
        let second = try await bench.session(token)
        _ = try await bench.message("two-stage: a kite", second, token, attempt: true)
        var tracks = 0
        for _ in 0..<500 where tracks != 1 {
            tracks = try await bench.state(second, token)["draft"]?["t"]?.elements?.count ?? 0
        }
        #expect(tracks == 1)
        await bench.stop()
    }

    /// The double's own stream of that turn has the events of a real agent server's, key by key.
    @Test func theRecordedServerIsCopiedFaithfully() async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let session = try await bench.session(token)
        let own = try await bench.message("adk-default", session, token).events
        let raw = try String(
            contentsOf: Places.fixtures.appending(path: "SSE/adk-2.13-partials-thought-tool.raw"), encoding: .utf8)
        let recorded = raw.replacingOccurrences(of: "\r\n", with: "\n").components(separatedBy: "\n").filter {
            $0.hasPrefix("data: ")
        }
        .compactMap { try? JSON(parsing: String($0.dropFirst(6))) }
        #expect(own.map { $0["content"].map(Self.withoutIDs) } == recorded.map { $0["content"].map(Self.withoutIDs) })
        for (mine, theirs) in zip(own, recorded) {
            let extra = ["nodeInfo", "longRunningToolIds", "usageMetadata"]
            #expect(
                Set((mine.members ?? []).map(\.key)) == Set((theirs.members ?? []).map(\.key)).subtracting(extra))
        }
        await bench.stop()
    }

    private static func withoutIDs(_ json: JSON) -> JSON {
        switch json {
        case .object(let members):
            .object(members.filter { $0.key != "id" }.map { .init($0.key, withoutIDs($0.value)) }).canonical
        case .array(let elements): .array(elements.map(withoutIDs))
        case .null, .bool, .number, .string: json
        }
    }
}
