import Foundation
import ReelTestSupport
import Synchronization
import Testing

@testable import ReelRemote

@Suite(.timeLimit(.minutes(1)))
struct TransportTests {
    let transport: Transport

    init() throws { transport = try Transport(userAgent: "reelgate/test") }

    func get(_ server: LoopbackServer, _ path: String = "/", mustNotRepeat: Bool = false) -> Request {
        Request(.get, WebAddress(server.base + path)!, mustNotRepeat: mustNotRepeat)
    }

    func failure(_ request: Request, limit: Int = 1000) async -> TransportFailure? {
        do throws(TransportFailure) {
            _ = try await transport.collect(request, limit: limit)
            return nil
        } catch {
            return error
        }
    }

    @Test func `an answer with its head and body, whatever its status`() async throws {
        let server = LoopbackServer { _, _ in [.reply(418, ["X-Odd:  two words "], Array("tea".utf8))] }
        let response = try await transport.collect(get(server))
        #expect(response.head.status == 418)
        #expect(response.head["x-ODD"] == "two words")
        #expect(response.body == Array("tea".utf8))
        #expect(server.asked[0].header("user-agent") == "reelgate/test")
    }

    @Test func `a body of bytes, also an empty one`() async throws {
        let server = LoopbackServer { _, _ in [.json(200, "{}")] }
        let address = WebAddress(server.base + "/p")!
        _ = try await transport.collect(Request(.post, address, body: .bytes([1, 0, 2], contentType: "a/b")))
        _ = try await transport.collect(Request(.post, address))
        #expect(server.asked.map(\.method) == ["POST", "POST"])
        #expect(server.asked[0].body == [1, 0, 2])
        #expect(server.asked[0].header("content-type") == "a/b")
        #expect(server.asked[1].header("content-length") == "0")
    }

    @Test func `compressed answers are unpacked`() async throws {
        let packed: [UInt8] = [
            31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 202, 207, 86, 178, 42, 41, 42, 77, 173, 5, 0, 144, 95, 212, 167,
            11,
            0, 0, 0,
        ]
        let server = LoopbackServer { _, _ in [.reply(200, ["Content-Encoding: gzip"], packed)] }
        let response = try await transport.collect(get(server))
        #expect(String(decoding: response.body, as: UTF8.self) == #"{"ok":true}"#)
    }

    @Test func `an answer beyond the limit is refused`() async {
        let server = LoopbackServer { _, _ in [.reply(200, [], [UInt8](repeating: 0, count: 2000))] }
        #expect(await failure(get(server))?.kind == .answerTooLong(1000))
    }

    @Test func `connections are kept`() async throws {
        let server = LoopbackServer { _, _ in [.json(200, "{}")] }
        for _ in 0..<3 { _ = try await transport.collect(get(server)) }
        #expect(server.asked.map(\.connection) == [1, 1, 1])
    }

    /// Why `mustNotRepeat` is there: the server has read the first of the two.
    @Test func `libcurl repeats a request whose kept connection dies`() async throws {
        let server = LoopbackServer { asked, n in asked.target == "/die" && n == 2 ? [.close] : [.json(200, "{}")] }
        _ = try await transport.collect(get(server))
        _ = try await transport.collect(get(server, "/die"))
        #expect(server.asked.map(\.target) == ["/", "/die", "/die"])
    }

    @Test func `what must not be repeated is not, when a kept connection dies`() async throws {
        let server = LoopbackServer { asked, _ in asked.target == "/die" ? [.close] : [.json(200, "{}")] }
        _ = try await transport.collect(get(server))
        let lost = await failure(get(server, "/die", mustNotRepeat: true))
        #expect(lost?.mayHaveBeenSent == true)
        #expect(lost?.kind == .cut)
        #expect(server.asked.map(\.target) == ["/", "/die"])
    }

    @Test func `nobody there: nothing was sent`() async {
        let address = WebAddress("http://127.0.0.1:\(LoopbackServer.silentPort())/")!
        let lost = await failure(Request(.post, address, body: .bytes([1], contentType: "a/b")))
        #expect(lost?.kind == .unreachable)
        #expect(lost?.mayHaveBeenSent == false)
    }

    @Test func `hung up after the request, or in the middle of the answer: it may have been carried out`() async {
        let server = LoopbackServer { asked, _ in
            asked.target == "/a" ? [.close] : [.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123"), .reset]
        }
        let silent = await failure(get(server, "/a", mustNotRepeat: true))
        #expect(silent?.mayHaveBeenSent == true)
        #expect(silent?.answerHadBegun == false)
        let half = await failure(get(server, "/b", mustNotRepeat: true))
        #expect(half?.kind == .cut)
        #expect(half?.mayHaveBeenSent == true)
        #expect(half?.answerHadBegun == true)
    }

    @Test func `a server that says nothing`() async {
        let server = LoopbackServer { _, _ in [.hang] }
        var request = get(server)
        request.limits = Request.Limits(connect: 5, stall: nil, total: 0.2)
        let lost = await failure(request)
        #expect(lost?.kind == .timedOut)
        #expect(lost?.mayHaveBeenSent == true)
    }

    @Test func `plain text stays on this machine`() async throws {
        let request = Request(.get, WebAddress("http://192.0.2.1/")!)
        #expect(await failure(request)?.kind == .plainTextRefused)
    }

    @Test func `a value cannot pose as another header`() async {
        let server = LoopbackServer { _, _ in [.json(200, "{}")] }
        var request = get(server)
        request.headers = [("X-A", "1\r\nX-B: 2")]
        #expect(await failure(request)?.kind == .other)
        #expect(server.asked.isEmpty)
    }

    // MARK: Cancelling

    @Test func `a cancelled task aborts its transfer at once`() async {
        let server = LoopbackServer { _, _ in [.hang] }
        let request = get(server)
        let task = Task { [transport] in try await transport.collect(request) }
        await server.arrival()
        task.cancel()
        await #expect(throws: TransportFailure.self) { try await task.value }
        await server.hangUp()
    }

    @Test func `a task that was cancelled before it began sends nothing`() async {
        let server = LoopbackServer { _, _ in [.json(200, "{}")] }
        let request = get(server)
        let gate = AsyncStream<Void>.makeStream()
        let task = Task { [transport] in
            for await _ in gate.stream {}
            return try await transport.collect(request)
        }
        task.cancel()
        gate.continuation.finish()
        do {
            _ = try await task.value
            Issue.record("it was carried out")
        } catch {
            #expect((error as? TransportFailure)?.kind == .cancelled)
            #expect((error as? TransportFailure)?.mayHaveBeenSent == false)
        }
        #expect(server.asked.isEmpty)
    }

    @Test func `the transport's end cancels what runs`() async throws {
        let server = LoopbackServer { _, _ in [.hang] }
        let engine = try Engine()
        let flag = CancellationFlag()
        let request = get(server)
        async let ended: TransportFailure? = withCheckedContinuation { continuation in
            engine.start(
                TransferOrder(
                    id: 1, request: request, trustFile: nil, sink: CollectingSink(limit: 1), progress: nil,
                    cancellation: flag,
                    completion: { continuation.resume(returning: $0) }))
        }
        await server.arrival()
        engine.stop()
        #expect(await ended?.kind == .cancelled)
    }

    // MARK: Streams

    @Test func `a stream comes in order and whole, however slowly it is read`() async throws {
        let block = String(repeating: "0123456789abcdef", count: 4096)
        let server = LoopbackServer { _, _ in
            [.eventStream] + (0..<64).map { .chunk("\($0):" + block) } + [.lastChunk]
        }
        let transfer = transport.open(get(server))
        var bytes: [UInt8] = []
        var largest = 0
        reading: while true {
            switch await transfer.next() {
            case .head(let head): #expect(head.contentType == "text/event-stream")
            case .bytes(let chunk):
                bytes += chunk
                largest = max(largest, chunk.count)
                await Task.yield()
            case .tick: break
            case .end(let failure):
                #expect(failure == nil)
                break reading
            }
        }
        #expect(bytes == (0..<64).flatMap { Array(("\($0):" + block).utf8) })
        #expect(largest <= ByteChannel.capacity + 16 * 1024)
    }

    @Test func `a reader that falls behind makes the transfer pause, and go on`() async {
        let resumed = Mutex(0)
        let channel = ByteChannel { resumed.withLock { $0 += 1 } }
        let block = [UInt8](repeating: 7, count: 16 * 1024)
        func offer() -> Bool {
            block.withUnsafeBytes { bytes in if case .taken = channel.take(bytes) { true } else { false } }
        }
        var taken = 0
        while offer() { taken += 1 }
        #expect(taken * block.count == ByteChannel.capacity)
        guard case .bytes(let bytes) = await channel.next() else {
            Issue.record("no bytes")
            return
        }
        #expect(bytes.count == ByteChannel.capacity)
        #expect(resumed.withLock { $0 } == 1)
        #expect(offer())
    }

    @Test func `a stream that is let go is hung up`() async {
        let server = LoopbackServer { _, _ in [.eventStream, .chunk("data: 1\n\n"), .hang] }
        var transfer: OpenTransfer? = transport.open(get(server))
        if case .head? = await transfer?.next() {} else { Issue.record("no head") }
        transfer = nil
        await server.hangUp()
    }

    @Test func `a stream that is cut is told from one that ends`() async {
        let server = LoopbackServer { _, _ in [.eventStream, .chunk("data: 1\n\n"), .close] }
        let transfer = transport.open(get(server))
        while true {
            guard case .end(let failure) = await transfer.next() else { continue }
            #expect(failure?.kind == .cut)
            return
        }
    }

    // MARK: Files

    @Test func `a form's files are sent as they lie on the disk`() async throws {
        let folder = try TemporaryFolder()
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let server = LoopbackServer { _, _ in [.json(200, "{}")] }
        let parts = [
            FilePart(
                field: "files", fileName: "a \"b\" é.mp4", contentType: "video/mp4",
                descriptor: try folder.descriptor("a", bytes), length: Int64(bytes.count)),
            FilePart(
                field: "files", fileName: "c.png", contentType: "image/png",
                descriptor: try folder.descriptor("c", [1, 2]),
                length: 2),
        ]
        let seen = Mutex<[TransferProgress]>([])
        let request = Request(.post, WebAddress(server.base + "/u")!, body: .multipart(parts))
        _ = try await transport.collect(request) { progress in seen.withLock { $0.append(progress) } }
        let asked = server.asked[0]
        let type = try #require(asked.header("content-type"))
        let boundary = try #require(type.components(separatedBy: "boundary=").last)
        let expected =
            Array(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a %22b%22 é.mp4\"\r\n".utf8
            )
            + Array("Content-Type: video/mp4\r\n\r\n".utf8) + bytes
            + Array("\r\n--\(boundary)\r\nContent-Disposition: form-data; name=\"files\"; filename=\"c.png\"\r\n".utf8)
            + Array("Content-Type: image/png\r\n\r\n".utf8) + [1, 2] + Array("\r\n--\(boundary)--\r\n".utf8)
        #expect(asked.body == expected)
        let sent = seen.withLock { $0.map(\.sent) }
        #expect(sent == sent.sorted())
        #expect(sent.last == Int64(expected.count))
        #expect(seen.withLock { $0.last?.toSend } == Int64(expected.count))
    }

    @Test func `a refusal by the head alone spares the body`() async throws {
        let folder = try TemporaryFolder()
        let server = LoopbackServer { _, _ in [.reply(413, ["Connection: close"], []), .close] }
        let length = 8_000_000
        let part = FilePart(
            field: "f", fileName: "a", contentType: "a/b",
            descriptor: try folder.descriptor("a", [UInt8](repeating: 1, count: length)), length: Int64(length))
        let sent = Mutex(Int64(0))
        let request = Request(.post, WebAddress(server.base + "/at-once")!, body: .multipart([part]))
        let response = try await transport.collect(request) { progress in sent.withLock { $0 = progress.sent } }
        #expect(response.head.status == 413)
        #expect(sent.withLock { $0 } == 0)
    }

    @Test func `a file that has become shorter ends the request`() async throws {
        let folder = try TemporaryFolder()
        let server = LoopbackServer { _, _ in [.json(200, "{}")] }
        let part = FilePart(
            field: "f", fileName: "a", contentType: "a/b", descriptor: try folder.descriptor("a", [1, 2, 3]), length: 10
        )
        let request = Request(.post, WebAddress(server.base + "/u")!, body: .multipart([part]))
        #expect(await failure(request)?.kind == .sourceUnreadable)
    }

    @Test func `a full disk is told from a lost connection`() async throws {
        let server = LoopbackServer { _, _ in [.reply(200, [], [1, 2, 3])] }
        let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
        defer { close(full) }
        let (_, lost) = await transport.write(get(server), to: full) { _ in 0 }
        guard case .sinkUnwritable = lost?.kind else {
            Issue.record("\(String(describing: lost))")
            return
        }
    }

    @Test(
        arguments: [(200, 3, 3, nil), (200, 2, 0, .answerTooLong(2)), (404, 100, 0, nil), (302, 100, 0, nil)]
            as [(Int, Int64, Int, TransportFailure.Kind?)])
    func `a fetched file is written where it is there and short enough`(
        status: Int, limit: Int64, written: Int, kind: TransportFailure.Kind?
    ) async throws {
        let folder = try TemporaryFolder()
        let server = LoopbackServer { _, _ in [.reply(status, ["Location: https://elsewhere/"], [1, 2, 3])] }
        let target = try folder.descriptor("a")
        do throws(TransportFailure) {
            #expect(try await transport.fetch(WebAddress(server.base + "/a")!, to: target, limit: limit) == status)
            #expect(kind == nil)
        } catch {
            #expect(error.kind == kind)
        }
        #expect(folder.bytes("a").count == written)
        #expect(server.asked.count == 1)
    }
}
