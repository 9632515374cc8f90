import Foundation
import ReelModel
import Testing

@testable import ReelLocalBackend

@Suite(.timeLimit(.minutes(2)))
struct WireTests {
    private func head(_ path: String, _ token: String, _ more: String) -> String {
        "POST \(path) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n\(more)\r\n\r\n"
    }

    @Test func aRefusedBodyIsReadToItsEndAndTheConnectionGoesOn() async throws {
        let bench = try await Bench(maxUploadBytes: 100_000)
        let token = try await bench.token()
        let session = try await bench.session(token)
        let wire = try Wire(port: bench.port)
        await wire.send(
            head(
                "/api/upload-video/nemo_agent/me/\(session)", token,
                "Content-Type: multipart/form-data; boundary=q\r\nContent-Length: 3000000"))
        await wire.send([UInt8](repeating: 0x41, count: 3_000_000))
        #expect(await wire.receive(until: "\"data\":null}").contains("\"code\":4002"))
        await wire.send("GET /api/credits/balance/simple HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n\r\n")
        #expect(await wire.receive(until: "}}").hasPrefix("HTTP/1.1 200 OK"))
        await bench.stop()
    }

    @Test(arguments: ["multipart/form-data; boundary=q", "application/json"])
    func anUploadThatBreaksOffLeavesNothing(type: String) async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let session = try await bench.session(token)
        let wire = try Wire(port: bench.port)
        await wire.send(
            head(
                "/api/upload-video/nemo_agent/me/\(session)", token,
                "Content-Type: \(type)\r\nContent-Length: 3000000"))
        await wire.send("--q\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.jpg\"\r\n\r\n")
        await wire.send(Sample.jpg + [UInt8](repeating: 0x41, count: 200_000))
        wire.hangUp()
        // Answered after the server has seen the end of the other connection, or before: nothing is there either way.
        #expect(try await bench.state(session, token)["video_infos"] == [])
        await bench.backend.stop()
        #expect(try bench.left().isEmpty)
        #expect(!FileManager.default.fileExists(atPath: bench.state.appending(path: "record.jsonl").path))
        await bench.stop()
    }

    @Test func aMessageWhoseReaderLeavesIsDoneAndFreesTheSession() async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let session = try await bench.session(token)
        let body: JSON = [
            "app_name": "nemo_agent", "user_id": "me", "session_id": .string(session),
            "new_message": ["parts": [["text": "a kite, 5 s"]]],
        ]
        let wire = try Wire(port: bench.port)
        await wire.send(
            head("/run_sse", token, "Content-Type: application/json\r\nContent-Length: \(body.description.utf8.count)"))
        await wire.send(body.description)
        _ = await wire.receive(until: "data: ")
        wire.hangUp()
        #expect(try await bench.state(session, token)["draft"]?["d"] == 5000)
        await bench.backend.stop()
        try await bench.restart(media: FakeMedia())
        #expect(try await bench.message("6 s", session, token).status == 200)
        #expect(try bench.record().map { $0["what"] } == ["a kite, 5 s", "6 s"])
        await bench.stop()
    }

    @Test func aClientThatWaitsToBeAskedForItsBodyIsAsked() async throws {
        let bench = try await Bench()
        let token = try await bench.token()
        let session = try await bench.session(token)
        let wire = try Wire(port: bench.port)
        wire.limitWaiting(seconds: 20)
        let form = Array("--q\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.jpg\"\r\n\r\n".utf8)
        let body = form + Sample.jpg + [UInt8](repeating: 0x41, count: 200_000) + Array("\r\n--q--\r\n".utf8)
        await wire.send(
            head(
                "/api/upload-video/nemo_agent/me/\(session)", token,
                "Expect: 100-continue\r\nContent-Type: multipart/form-data; boundary=q\r\nContent-Length: \(body.count)"
            ))
        #expect(await wire.receive(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
        await wire.send(body)
        #expect(await wire.receive(until: "true}").hasPrefix("HTTP/1.1 200 OK"))
        await bench.stop()
    }

    @Test func stoppingDoesNotWaitForIdleConnections() async throws {
        let bench = try await Bench()
        let wire = try Wire(port: bench.port)
        await wire.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(await wire.receive(until: "}").hasPrefix("HTTP/1.1 404"))
        await bench.backend.stop()
        #expect(await wire.receive(until: "never").isEmpty)
        await bench.stop()
    }

    #if os(Linux)
        @Test func largeUploadsTakeNoMemory() async throws {
            let bench = try await Bench()
            let token = try await bench.token()
            let session = try await bench.session(token)
            let file = bench.state.appending(path: "large.jpg")
            try Data(Sample.jpg).write(to: file)
            let handle = try FileHandle(forWritingTo: file)
            try handle.truncate(atOffset: 190_000_000)
            try handle.close()
            let before = try residentBytes()
            let answer = try await bench.ask(
                "/api/upload-video/nemo_agent/me/\(session)", token: token, ["-F", "files=@\(file.path)"])
            #expect(answer.code == 0)
            #expect(answer.json["data"]?["files"]?[0]?["size"] == 190_000_000)
            #expect(try residentBytes() - before < 64_000_000)
            await bench.stop()
        }

        /// The most memory that this process has held, in bytes.
        private func residentBytes() throws -> Int {
            let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
            return 1024 * (Int(line.filter(\.isNumber)) ?? 0)
        }
    #endif
}
