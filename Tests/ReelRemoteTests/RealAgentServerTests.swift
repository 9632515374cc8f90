import ReelTestSupport
import Testing

@testable import ReelRemote

/// The client against a real agent server: what it shows is what the contract says of that stream (3.3), and what the
/// captured streams give.
@Suite(
    .enabled(if: Places.shared("adk") != nil, "the agent for the real server is not here"),
    .enabled(if: AgentServer.isInstalled, "google-adk is not installed; tools/adk-server install"),
    .timeLimit(.minutes(5)))
struct RealAgentServerTests {
    @Test func `its text is shown once, in every scenario`() async throws {
        let server = try AgentServer(agents: #require(Places.shared("adk")))
        let client = NemoClient(
            NemoClient.Configuration(
                backend: try #require(Backend(server.address)), attribution: Attribution(version: "1.0"),
                token: Token("not-looked-at"), sleep: { _ in }),
            transport: try Transport(userAgent: "reelgate/test"))
        let scenarios: [(message: String, expected: CaptureTests.Capture)] = [
            ("make a video", .init(name: "default", segments: CaptureTests.whole, tools: CaptureTests.video)),
            ("生成视频", .init(name: "default", segments: CaptureTests.whole, tools: CaptureTests.video)),
            (
                "boom",
                .init(
                    name: "boom", segments: ["about to fail"],
                    failure: AgentFailure("RuntimeError: " + CaptureTests.exploded))
            ),
            ("silent", .init(name: "silent", segments: [], tools: ["edit_multitrack"])),
            ("errevent", .init(name: "errevent", segments: [], failure: AgentFailure("quota (RESOURCE_EXHAUSTED)"))),
        ]
        // All in one session, one after the other: what came before must not come again.
        try server.openSession("5529798706024415232")
        for (message, expected) in scenarios {
            var shown = ""
            let reply = try await client.sendMessage(message, session: "5529798706024415232") { event in
                if case .text(let text) = event { shown += text }
            }
            #expect(reply.segments == expected.segments, "\(message)")
            #expect(reply.tools == expected.tools, "\(message)")
            #expect(reply.failure == expected.failure, "\(message)")
            #expect(shown == expected.segments.joined(), "\(message)")
        }
    }

    @Test func `an unknown session is told as one`() async throws {
        let server = try AgentServer(agents: #require(Places.shared("adk")))
        let client = NemoClient(
            NemoClient.Configuration(
                backend: try #require(Backend(server.address)), attribution: Attribution(version: "1.0"),
                token: Token("not-looked-at"), sleep: { _ in }),
            transport: try Transport(userAgent: "reelgate/test"))
        let error = await #expect(throws: RemoteError.self) {
            try await client.sendMessage("hello", session: "7") { _ in }
        }
        #expect(error?.kind == .sessionNotFound)
    }
}
