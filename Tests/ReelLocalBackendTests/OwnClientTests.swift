import Foundation
import ReelModel
import ReelRemote
import ReelWorker
import Testing

@testable import ReelLocalBackend

/// The package's own client through the whole contract, and what it makes of each refusal.
@Suite(.timeLimit(.minutes(2)))
struct OwnClientTests {
    private func client(_ bench: Bench, token: Token? = nil) throws -> NemoClient {
        let backend = try #require(Backend(bench.origin))
        return NemoClient(
            NemoClient.Configuration(
                backend: backend, attribution: Attribution(version: "1.0.0"), token: token, sleep: { _ in }),
            transport: try Transport(userAgent: "test"))
    }

    private func file(_ name: String, _ bytes: [UInt8], _ bench: Bench) throws -> (upload: UploadFile, open: OpenFile) {
        let url = bench.state.appending(path: name)
        try Data(bytes).write(to: url)
        let open = try OpenFile.reading(url.path(percentEncoded: false))
        let type = try #require(FileType.named(url.pathExtension) ?? FileType.named("mp4"))
        return (
            UploadFile(name: name, type: type, descriptor: open.descriptor, length: Int64(bytes.count)), open
        )
    }

    @Test func itGoesThroughTheWholeContract() async throws {
        let bench = try await Bench()
        let client = try client(bench)
        try await client.connect()
        let session = try await client.createSession(language: "en")
        let photo = try file("a.jpg", Sample.jpg, bench)
        let clip = try file("clip.mp4", Sample.mp4, bench)
        let uploaded = try await client.upload([photo.upload, clip.upload], session: session.id)
        #expect(uploaded.map(\.name) == ["a.jpg", "clip.mp4"])
        var words = ""
        let reply = try await client.sendMessage("vertical, 10 s, title 'Hi'", session: session.id) { event in
            if case .text(let text) = event { words += text }
        }
        #expect(reply.segments.count == 2)
        #expect(reply.segments[0] == "Local backend: laying out your timeline…\n")
        #expect(reply.toolSucceeded)
        #expect(words == reply.segments.joined())
        let silent = try await client.sendMessage("silent: no music", session: session.id) { _ in }
        #expect(silent.isSilent)
        let draft = try #require(try await client.state(session: session.id).draft)
        #expect(
            draft.summary == "Timeline (2 tracks): 1. Video: a.jpg (0-3.9s), clip.mp4 (3.9-10s) 2. Title: \"Hi\" (0-3s)"
        )
        let submitted = try await client.submitRender(id: "render_1", session: session.id, draft: draft.json)
        #expect(submitted.phase == .pending)
        var status = submitted
        while status.phase != .completed, status.phase != .failed { status = try await client.pollRender("render_1") }
        let address = try #require(status.address)
        for way in 0..<2 {
            let target = bench.state.appending(path: "out\(way).mp4")
            let output = try OpenFile.creating(target.path(percentEncoded: false))
            if way == 0 {
                try await client.download(address, to: output.descriptor)
            } else {
                try await client.downloadFallback(render: "render_1", to: output.descriptor)
            }
            #expect(try [UInt8](Data(contentsOf: target)) == FakeMedia.film)
        }
        let credits = try await client.credits()
        #expect((credits.available, credits.frozen, credits.total) == (80, 0, 80))
        withExtendedLifetime((photo.open, clip.open)) {}
        await bench.stop()
    }

    private func kind(_ work: () async throws -> Void) async -> RemoteError.Kind? {
        do {
            try await work()
            return nil
        } catch {
            return (error as? RemoteError)?.kind
        }
    }

    @Test func itReadsEachRefusalForWhatItIs() async throws {
        let bench = try await Bench(maxUploadBytes: 100_000)
        let client = try client(bench)
        let session = try await client.createSession().id
        let large = try file("large.jpg", Sample.jpg + [UInt8](repeating: 0, count: 400_000), bench)
        let lying = try file("lying.jpg", Sample.heic, bench)
        #expect(await kind { _ = try await client.upload([large.upload], session: session) } == .tooLarge)
        #expect(await kind { _ = try await client.upload([lying.upload], session: session) } == .unsupportedType)
        #expect(await kind { _ = try await client.state(session: "7") } == .sessionNotFound)
        #expect(await kind { _ = try await client.sendMessage("x", session: "7") { _ in } } == .sessionNotFound)
        #expect(await kind { _ = try await client.pollRender("never") } == .notFound)
        for _ in 0..<10 { _ = try await client.sendMessage("a kite", session: session) { _ in } }
        let spent = await kind { _ = try await client.sendMessage("a kite", session: session) { _ in } }
        guard case .outOfCredits = spent else {
            Issue.record("it is \(String(describing: spent))")
            return
        }
        let stranger = try self.client(bench, token: Token("nmv_usr_wrong"))
        #expect(await kind { _ = try await stranger.credits() } == .tokenInvalid(isOwn: true))
        withExtendedLifetime((large.open, lying.open)) {}
        await bench.stop()
    }
}
