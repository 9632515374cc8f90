import Foundation
import ReelModel
import ReelTestSupport
import Synchronization
import Testing

@testable import ReelRemote

/// The client against a server that plays each part of the contract.
@Suite(.timeLimit(.minutes(1)))
struct NemoClientTests {
    let transport: Transport
    let folder: TemporaryFolder
    static let secret = "nmv_usr_secret0123456789"

    init() throws {
        transport = try Transport(userAgent: "reelgate/test")
        folder = try TemporaryFolder()
    }

    func client(
        _ server: LoopbackServer, token: String? = nil, waits: [Double] = [0, 0],
        slept: @escaping @Sendable (Double) -> Void = { _ in }
    ) -> NemoClient {
        NemoClient(
            NemoClient.Configuration(
                backend: Backend(server.base)!, attribution: Attribution(version: "1.2"),
                token: token.flatMap(Token.init),
                storeDirectory: folder.path("state"), transientWaits: waits, sleep: { slept($0) }),
            transport: transport)
    }

    /// Answers the token, and leaves the rest to the test.
    static func server(
        _ answer: @escaping @Sendable (LoopbackServer.Asked, Int) -> [LoopbackServer.Step]
    ) -> LoopbackServer {
        let others = Mutex(0)
        return LoopbackServer { asked, _ in
            if asked.target == "/api/auth/anonymous-token" {
                return [
                    .json(
                        200,
                        #"{"code":0,"data":{"token":"\#(secret)","user_id":"anon_abc","expires_at":"2999-01-01T00:00:00Z"}}"#
                    )
                ]
            }
            return answer(
                asked,
                others.withLock { n in
                    n += 1; return n
                })
        }
    }

    func error(_ body: () async throws -> Void) async -> RemoteError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? RemoteError
        }
    }

    // MARK: Token

    @Test func `the three headers on every request, and the token on all but the first`() async throws {
        let server = Self.server { _, _ in [.json(200, #"{"data":{"session_id":1,"available":3,"frozen":1}}"#)] }
        let client = client(server)
        let session = try await client.createSession(language: "en")
        #expect(session.id == "1")
        #expect(try await client.credits() == Credits(available: 3, frozen: 1, total: 4))
        #expect(server.asked.count == 3)
        for asked in server.asked {
            #expect(asked.header("x-skill-source") == "image-creator-online")
            #expect(asked.header("x-skill-version") == "1.2")
            #expect(asked.header("x-skill-platform") == "unknown")
        }
        #expect(
            server.asked.map { $0.header("authorization") } == [nil, "Bearer \(Self.secret)", "Bearer \(Self.secret)"])
        #expect(UUID(uuidString: server.asked[0].header("x-client-id") ?? "") != nil)
        #expect(server.asked[1].text == #"{"task_name":"project","language":"en"}"#)
    }

    @Test func `the token is kept for the next process, and for nobody else`() async throws {
        let server = Self.server { _, _ in [.json(200, #"{"available":3}"#)] }
        try await client(server).connect()
        _ = try await client(server).credits()
        #expect(server.asked.map(\.target) == ["/api/auth/anonymous-token", "/api/credits/balance/simple"])
        let manager = FileManager.default
        let root = folder.path("state")
        let paths = (manager.enumerator(atPath: root)?.allObjects as? [String] ?? []).map { root + "/" + $0 }
        #expect(paths.count == 4)
        for path in [root] + paths {
            let attributes = try manager.attributesOfItem(atPath: path)
            let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
            #expect(attributes[.posixPermissions] as? Int == (isFolder ? 0o700 : 0o600), "\(path)")
        }
    }

    @Test func `who waits for the token does not ask for a second one`() async throws {
        let server = Self.server { _, _ in [.json(200, #"{"available":3}"#)] }
        let client = client(server)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { _ = try await client.credits() } }
            try await group.waitForAll()
        }
        #expect(server.asked.count { $0.target == "/api/auth/anonymous-token" } == 1)
    }

    @Test func `a refused token is replaced and the call repeated`() async throws {
        let count = Mutex(0)
        let server = LoopbackServer { asked, _ in
            guard asked.target == "/api/auth/anonymous-token" else {
                return [
                    .json(200, asked.header("authorization") == "Bearer t2" ? #"{"available":3}"# : #"{"code":1001}"#)
                ]
            }
            let n = count.withLock { n in
                n += 1; return n
            }
            return [.json(200, #"{"data":{"token":"t\#(n)"}}"#)]
        }
        #expect(try await client(server).credits().available == 3)
        let ids = server.asked.compactMap { $0.header("x-client-id") }
        #expect(ids.count == 2)
        #expect(Set(ids).count == 1)
    }

    @Test func `the user's own token is used, reported and never replaced`() async throws {
        let server = LoopbackServer { _, _ in [.json(401, #"{"message":"token \#(Self.secret) is bad"}"#)] }
        let error = try #require(await error { _ = try await client(server, token: Self.secret).credits() })
        #expect(error.kind == .tokenInvalid(isOwn: true))
        #expect(error.failure.kind == .refused)
        #expect(error.failure.remedy.contains("NEMO_TOKEN"))
        #expect(server.asked.count == 1)
        #expect(!"\(error) \(error.failure) \(String(reflecting: error))".contains(Self.secret))
    }

    @Test func `a token does not show itself`() throws {
        let token = try #require(Token(Self.secret))
        var text = "\(token) \(String(reflecting: token)) \([token]) \(String(describing: Optional(token)))"
        dump(token, to: &text)
        dump(TokenRecord(token: token, userID: nil, expires: 0), to: &text)
        #expect(!text.contains("secret"))
        #expect(Token("a b") == nil)
        #expect(Token(" a\n")?.secret == "a")
        #expect(Token("a\r\nX-B: 1") == nil)
    }

    @Test func `a missing client id is made anew`() async throws {
        let server = LoopbackServer { _, n in n == 1 ? [.json(400, "{}")] : [.json(200, #"{"token":"t"}"#)] }
        try await client(server).connect()
        #expect(Set(server.asked.compactMap { $0.header("x-client-id") }).count == 2)
    }

    @Test(arguments: [
        ("abc\n", "abc"), ("A-B", "A-B"), ("", nil), (String(repeating: "x", count: 65), nil), ("a b", nil),
    ])
    func `a client id that was kept`(_ text: String, _ id: String?) {
        #expect(ClientID.normalised(text) == id)
    }

    // MARK: Cures

    @Test func `too many requests: one pause of thirty seconds`() async throws {
        let server = Self.server { _, n in n == 1 ? [.json(429, "{}")] : [.json(200, #"{"available":3}"#)] }
        let pauses = Mutex<[Double]>([])
        _ = try await client(server) { pause in pauses.withLock { $0.append(pause) } }.credits()
        #expect(pauses.withLock { $0 } == [30])
    }

    @Test func `a pause after too many requests is told before it begins, other pauses are not`() async throws {
        let server = Self.server { _, n in
            switch n {
            case 1: [.json(503, "{}")]
            case 2: [.json(429, "{}")]
            case _: [.json(200, #"{"available":3}"#)]
            }
        }
        let happened = Mutex<[String]>([])
        var configuration = NemoClient.Configuration(
            backend: try #require(Backend(server.base)), attribution: Attribution(version: "1"), transientWaits: [1],
            sleep: { seconds in happened.withLock { $0.append("slept \(seconds)") } })
        configuration.onRateLimit = { seconds in happened.withLock { $0.append("told \(seconds)") } }
        _ = try await NemoClient(configuration, transport: transport).credits()
        #expect(happened.withLock { $0 } == ["slept 1.0", "told 30.0", "slept 30.0"])
    }

    @Test func `still too many: it is said`() async throws {
        let server = Self.server { _, _ in [.json(200, #"{"code":429}"#)] }
        let error = await error { _ = try await client(server).credits() }
        #expect(error?.kind == .rateLimited)
        #expect(server.asked.count == 3)
    }

    @Test func `a question is asked again, an order is not`() async throws {
        let server = Self.server { asked, n in
            asked.method == "GET" && n == 3 ? [.json(200, #"{"available":3}"#)] : [.json(502, "{}")]
        }
        #expect(try await client(server).credits().available == 3)
        let error = await error { _ = try await client(server).submitRender(id: "r", session: "s", draft: [:]) }
        #expect(error?.kind == .serverError(status: 502))
        #expect(error?.mayHaveTakenEffect == true)
        #expect(server.asked.count { $0.method == "POST" && $0.target.contains("render") } == 1)
    }

    @Test func `nobody there`() async throws {
        let backend = Backend("http://127.0.0.1:\(LoopbackServer.silentPort())")!
        let client = NemoClient(
            NemoClient.Configuration(
                backend: backend, attribution: Attribution(version: "1"), transientWaits: [], sleep: { _ in }),
            transport: transport)
        let error = await error { try await client.connect() }
        #expect(error?.kind == .unreachable)
        #expect(error?.failure.kind == .unreachable)
        #expect(error?.mayHaveTakenEffect == false)
    }

    @Test func `an order whose answer is lost is not given again`() async throws {
        let server = Self.server { _, _ in [.close] }
        let client = client(server)
        for order in [
            { _ = try await client.createSession() },
            { _ = try await client.submitRender(id: "r", session: "s", draft: [:]) },
            { _ = try await client.upload(address: "https://x/y.mp4", session: "s") },
            { _ = try await client.sendMessage("go", session: "s") { _ in } },
        ] as [() async throws -> Void] {
            let error = await error(order)
            #expect(error?.kind == .outcomeUnknown)
            #expect(error?.mayHaveTakenEffect == true)
            #expect(error?.failure.kind == .interrupted)
        }
        #expect(server.asked.count == 5)
    }

    @Test func `out of credits: where to register, for who is anonymous`() async throws {
        let server = Self.server { _, _ in [.json(200, #"{"code":2001,"message":"no credits"}"#)] }
        let anonymous = await error { _ = try await client(server).credits() }
        #expect(anonymous?.kind == .outOfCredits(registration: "https://nemovideo.com/register?bind=anon_abc"))
        #expect(anonymous?.failure.remedy.contains("https://nemovideo.com/register?bind=anon_abc") == true)
        let registered = await error { _ = try await client(server, token: "own").credits() }
        #expect(registered?.kind == .outOfCredits(registration: nil))
        #expect(registered?.failure.kind == .refused)
    }

    @Test(arguments: [
        (RemoteError.Kind.unsupportedType, "mp4, mov, avi, webm, mkv, jpg, png, gif, webp, mp3, wav, m4a, aac"),
        (.tooLarge, "reelgate fit"), (.planTooLow, "tier"), (.outcomeUnknown, "reelgate resume"),
    ])
    func `the cure that the contract names`(_ kind: RemoteError.Kind, _ words: String) {
        let failure = RemoteError(kind, call: .upload, origin: "o", file: "a.mkv").failure
        #expect(failure.subject == "a.mkv")
        #expect(failure.remedy.contains(words))
    }

    // MARK: Messages

    @Test func `a message and its answer`() async throws {
        let server = Self.server { _, _ in
            [
                .eventStream, .chunk(": hello\n\n"),
                .chunk("data: {\"content\":{\"parts\":[{\"text\":\"He\"}]},\"partial\":true}\n\n"),
                .chunk("data: {\"content\":{\"parts\":[{\"text\":\"Hello\"}]}}\n\n"), .lastChunk,
            ]
        }
        var events: [AgentEvent] = []
        let reply = try await client(server).sendMessage("say \"hi\"", session: "7") { events.append($0) }
        #expect(reply.segments == ["Hello"])
        #expect(events == [.working, .text("He"), .text("llo"), .segment("Hello")])
        let asked = server.asked[1]
        #expect(asked.target == "/run_sse")
        #expect(asked.header("accept") == "text/event-stream")
        #expect(asked.header("accept-encoding") == nil)
        #expect(
            asked.text
                == #"{"app_name":"nemo_agent","user_id":"me","session_id":"7","new_message":{"parts":[{"text":"say \"hi\""}]}}"#
        )
    }

    @Test func `a stream that is cut shows what came and is not asked for again`() async throws {
        let server = Self.server { _, _ in
            [.eventStream, .chunk("data: {\"content\":{\"parts\":[{\"text\":\"He\"}]},\"partial\":true}\n\n"), .reset]
        }
        let seen = Mutex<[AgentEvent]>([])
        let error = await error {
            _ = try await client(server).sendMessage("go", session: "7") { event in seen.withLock { $0.append(event) } }
        }
        #expect(error?.kind == .outcomeUnknown)
        #expect(error?.mayHaveTakenEffect == true)
        #expect(seen.withLock { $0 }.first == .text("He"))
        #expect(server.asked.count { $0.target == "/run_sse" } == 1)
    }

    @Test func `refused before the stream began: cured and sent`() async throws {
        let server = Self.server { _, n in
            switch n {
            case 1: [.json(200, #"{"code":1001}"#)]
            case 2: [.json(429, "{}")]
            case _: [.eventStream, .chunk("data: {\"text\":\"ok\"}\n\n"), .lastChunk]
            }
        }
        let reply = try await client(server).sendMessage("go", session: "7") { _ in }
        #expect(reply.segments == ["ok"])
        #expect(server.asked.count { $0.target == "/run_sse" } == 3)
    }

    @Test(arguments: [1001, 429, 2001])
    func `refused within the stream: said, not sent again`(_ code: Int) async throws {
        let server = Self.server { _, _ in
            [.eventStream, .chunk("data: {\"code\":\(code),\"message\":\"no\"}\n\n"), .lastChunk]
        }
        let error = await error { _ = try await client(server).sendMessage("go", session: "7") { _ in } }
        #expect(error?.mayHaveTakenEffect == true)
        #expect(server.asked.count { $0.target == "/run_sse" } == 1)
    }

    @Test func `an unknown session`() async throws {
        let server = Self.server { _, _ in [.json(404, #"{"detail":"Session not found: 7"}"#)] }
        let error = await error { _ = try await client(server).sendMessage("go", session: "7") { _ in } }
        #expect(error?.kind == .sessionNotFound)
        #expect(error?.mayHaveTakenEffect == false)
    }

    @Test func `nothing but heartbeats`() async throws {
        let server = Self.server { _, _ in [.eventStream, .chunk(": 1\n\n"), .hang] }
        var configuration = client(server).configuration
        configuration.messageLimits = NemoClient.MessageLimits(total: 900, heartbeatsOnly: 0, reassurance: 120)
        let impatient = NemoClient(configuration, transport: transport)
        let error = await error { _ = try await impatient.sendMessage("go", session: "7") { _ in } }
        #expect(error?.kind == .timedOut)
        #expect(error?.mayHaveTakenEffect == true)
        await server.hangUp()
    }

    @Test func `a cancelled message hangs up`() async throws {
        let server = Self.server { _, _ in [.eventStream, .chunk(": 1\n\n"), .hang] }
        let client = client(server)
        let begun = AsyncStream<Void>.makeStream()
        let task = Task { try await client.sendMessage("go", session: "7") { _ in begun.continuation.yield() } }
        for await _ in begun.stream { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        await server.hangUp()
    }
}
