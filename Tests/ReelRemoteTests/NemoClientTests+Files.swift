import Foundation
import ReelModel
import ReelTestSupport
import Synchronization
import Testing

@testable import ReelRemote

/// Uploads, exports and downloads.
extension NemoClientTests {
    // MARK: Files

    @Test(arguments: [
        #"{"code":0,"data":{"files":[{"filename":"a.mp4","file_type":"video","cdn_url":"https://c/a.mp4","duration":30.5,"width":4,"height":2}]}}"#,
        #"{"files":[{"filename":"a.mp4","file_type":"video","url":"https://c/a.mp4","duration":"30.5","width":4,"height":2}]}"#,
        #"{"data":[{"name":"a.mp4","type":"video","url":"https://c/a.mp4","duration":30.5,"width":4,"height":2}]}"#,
        #"{"data":{"filename":"a.mp4","type":"video","url":"https://c/a.mp4","duration":30.5,"width":4,"height":2}}"#,
    ])
    func `an upload in every form of answer`(_ text: String) async throws {
        let server = Self.server { _, _ in [.json(200, text)] }
        let file = UploadFile(
            name: "a.mp4", type: .mp4, descriptor: try folder.descriptor("a.mp4", [1, 2, 3]), length: 3)
        let fractions = Mutex<[Double]>([])
        let files = try await client(server).upload([file], session: "7/8") { f in fractions.withLock { $0.append(f) } }
        #expect(files.count == 1)
        #expect(files.first?.name == "a.mp4")
        #expect(files.first?.type == "video")
        #expect(files.first?.address == "https://c/a.mp4")
        #expect(files.first?.duration == 30.5)
        #expect(files.first?.size == Size(width: 4, height: 2))
        #expect(server.asked[1].target == "/api/upload-video/nemo_agent/me/7%2F8")
        #expect(server.asked[1].text.contains("name=\"files\"; filename=\"a.mp4\"\r\nContent-Type: video/mp4\r\n"))
        let seen = fractions.withLock { $0 }
        #expect(seen == seen.sorted())
        #expect(seen.last == 1)
    }

    @Test func `an upload that is refused names its file`() async throws {
        let server = Self.server { _, _ in [.json(200, #"{"code":4002,"message":"too large"}"#)] }
        let file = UploadFile(name: "a.mp4", type: .mp4, descriptor: try folder.descriptor("a.mp4", [1]), length: 1)
        let error = await error { _ = try await client(server).upload([file], session: "7") }
        #expect(error?.kind == .tooLarge)
        #expect(error?.failure.subject == "a.mp4")
        #expect(error?.cause == "too large")
    }

    // MARK: Export

    @Test func `a draft is handed back as it came`() async throws {
        let draft = #"{"t":[{"tt":0,"sg":[{"id":9007199254740993,"v":1.50,"x":1e3}]}],"z":null,"a":"é"}"#
        let server = Self.server { asked, _ in
            asked.method == "GET"
                ? [.json(200, #"{"code":0,"data":{"state":{"draft":\#(draft)}}}"#)]
                : [.json(200, #"{"success":true,"data":{"id":"r","status":"pending","progress":5}}"#)]
        }
        let client = client(server)
        let state = try await client.state(session: "7")
        let status = try await client.submitRender(id: "render_1", session: "7", draft: try #require(state.draft).json)
        #expect(status.phase == .pending)
        #expect(status.fraction == 0.05)
        #expect(
            server.asked[2].text
                == #"{"id":"render_1","sessionId":"7","draft":\#(draft),"output":{"format":"mp4","quality":"high"}}"#)
    }

    @Test func `a failed export is an answer, an unknown one is an error`() async throws {
        let server = Self.server { asked, _ in
            asked.target.hasSuffix("/gone")
                ? [.json(404, #"{"detail":"render not found"}"#)]
                : [.json(200, #"{"success":false,"data":{"status":"failed","error":"codec"}}"#)]
        }
        let status = try await client(server).pollRender("r")
        #expect(status.phase == .failed)
        #expect(status.error == "codec")
        #expect(await error { _ = try await client(server).pollRender("gone") }?.kind == .notFound)
    }

    static let film = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }

    @Test func `a redirect to another host is followed without the token`() async throws {
        let elsewhere = LoopbackServer { _, _ in [.reply(200, ["Content-Type: video/mp4"], Self.film)] }
        let server = Self.server { asked, _ in
            asked.target == "/a"
                ? [.reply(302, ["Location: /b"], [])]
                : [.reply(302, ["Location: http://localhost:\(elsewhere.port)/v.mp4"], [])]
        }
        let client = client(server)
        try await client.connect()
        let descriptor = try folder.descriptor("out.mp4", [UInt8](repeating: 9, count: 300_000))
        let bytes = try await client.download("/a", to: descriptor)
        #expect(bytes == Int64(Self.film.count))
        #expect(folder.bytes("out.mp4") == Self.film)
        #expect(
            server.asked.dropFirst().map { $0.header("authorization") } == [
                "Bearer \(Self.secret)", "Bearer \(Self.secret)",
            ])
        #expect(elsewhere.asked.count == 1)
        #expect(elsewhere.asked[0].header("authorization") == nil)
        #expect(elsewhere.asked[0].header("x-skill-source") == nil)
    }

    @Test func `a download that is cut goes on where it was`() async throws {
        let film = Self.film
        let server = LoopbackServer { asked, n in
            let head = ["ETag: \"v1\"", "Content-Type: video/mp4"]
            guard let range = asked.header("range"), asked.header("if-range") == "\"v1\"" else {
                let announced =
                    "HTTP/1.1 200 OK\r\nContent-Length: \(film.count)\r\n" + head.joined(separator: "\r\n") + "\r\n\r\n"
                return [.send(Array(announced.utf8) + film.prefix(70_000)), .close]
            }
            let start = Int(range.dropFirst("bytes=".count).dropLast())!
            let part = Array(film[start...])
            return [.reply(206, head + ["Content-Range: bytes \(start)-\(film.count - 1)/\(film.count)"], part)]
        }
        let backend = client(server, token: "own")
        let fractions = Mutex<[Double]>([])
        let bytes = try await backend.download(server.base + "/v.mp4", to: try folder.descriptor("out")) { f in
            fractions.withLock { $0.append(f) }
        }
        #expect(bytes == Int64(film.count))
        #expect(folder.bytes("out") == film)
        #expect(server.asked.count == 2)
        let seen = fractions.withLock { $0 }
        #expect(seen == seen.sorted())
        #expect(seen.last == 1)
    }

    @Test func `another version after the cut begins anew`() async throws {
        let film = Self.film
        let server = LoopbackServer { _, n in
            n == 1
                ? [
                    .send(
                        Array("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\nETag: \"old\"\r\n\r\n".utf8)
                            + [UInt8](repeating: 1, count: 250_000)), .close,
                ]
                : [.reply(200, ["ETag: \"new\""], film)]
        }
        let bytes = try await client(server, token: "own").download(
            server.base + "/v.mp4", to: try folder.descriptor("out"))
        #expect(bytes == Int64(film.count))
        #expect(folder.bytes("out") == film)
    }

    @Test func `the fallback takes a file, or the address of one`() async throws {
        let film = Self.film
        let server = LoopbackServer { asked, _ in
            switch asked.target {
            case "/api/render/proxy/file/download", "/v.mp4": [.reply(200, ["Content-Type: video/mp4"], film)]
            case _: [.json(200, #"{"data":{"status":"completed","outputUrl":"/v.mp4"}}"#)]
            }
        }
        let client = client(server, token: "own")
        try await client.downloadFallback(render: "file", to: try folder.descriptor("one"))
        try await client.downloadFallback(render: "address", to: try folder.descriptor("two"))
        #expect(folder.bytes("one") == film)
        #expect(folder.bytes("two") == film)
    }

    @Test func `an expired address`() async throws {
        let server = LoopbackServer { _, _ in [.reply(403, ["Content-Type: application/xml"], Array("<Error/>".utf8))] }
        let error = await error {
            try await client(server, token: "own").download(server.base + "/v.mp4", to: try folder.descriptor("out"))
        }
        #expect(error?.kind == .linkExpired)
        #expect(folder.bytes("out").isEmpty)
    }
}
