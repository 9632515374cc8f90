import Foundation
import ReelModel
import Testing

@testable import ReelLocalBackend

/// A running backend with its state in a folder of its own.
final class Bench {
    let state: URL
    let media: FakeMedia
    private(set) var backend: LocalBackend
    private(set) var port: UInt16 = 0
    private var configuration: LocalBackend.Configuration

    /// No pause is made, unless a switch says so.
    init(
        media: FakeMedia = FakeMedia(), maxUploadBytes: Int64 = 200_000_000,
        fetch: LocalBackend.Fetcher? = nil,
        now: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 },
        faults: [String] = [], seed: UInt64 = 0, switches: KeyValuePairs<String, String> = [:]
    ) async throws {
        state = FileManager.default.temporaryDirectory.appending(path: "reel-local-\(UUID().uuidString)")
        self.media = media
        configuration = .init(state: state, maxUploadBytes: maxUploadBytes, fetch: fetch, pace: 0, now: now)
        configuration.faults = try faults.map { try FaultOrder(parsing: $0) }
        configuration.seed = seed
        configuration.switches = [(name: "time-scale", value: "0")] + switches.map { (name: $0.key, value: $0.value) }
        configuration.record = state.appending(path: "exchanges.jsonl")
        try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
        backend = LocalBackend(configuration: configuration, media: media)
        port = try await backend.start()
    }

    /// Another process's start on the same state.
    func restart(media: FakeMedia, faults: [String]? = nil) async throws {
        await backend.stop()
        if let faults { configuration.faults = try faults.map { try FaultOrder(parsing: $0) } }
        backend = LocalBackend(configuration: configuration, media: media)
        port = try await backend.start()
    }

    func stop() async {
        await backend.stop()
        try? FileManager.default.removeItem(at: state)
    }

    deinit { try? FileManager.default.removeItem(at: state) }

    var origin: String { "http://127.0.0.1:\(port)" }

    /// - Parameter attempt: whether the answer may well not come, or not whole.
    func ask(
        _ path: String, token: String? = nil, _ arguments: [String] = [], attempt: Bool = false
    ) async throws -> Curl.Answer {
        let arguments = (token.map { ["-H", "Authorization: Bearer \($0)"] } ?? []) + arguments
        return try await attempt ? Curl.attempt(origin + path, arguments) : Curl.ask(origin + path, arguments)
    }

    func post(
        _ path: String, token: String? = nil, _ body: JSON, _ arguments: [String] = [], attempt: Bool = false
    ) async throws -> Curl.Answer {
        try await ask(
            path, token: token,
            ["-H", "Content-Type: application/json", "--data-binary", body.description] + arguments,
            attempt: attempt)
    }

    func token(client: String = "11111111-2222-3333-4444-555555555555") async throws -> String {
        let answer = try await ask("/api/auth/anonymous-token", ["-X", "POST", "-H", "X-Client-Id: \(client)"])
        return try #require(answer.json["data"]?["token"]?.text)
    }

    func session(_ token: String) async throws -> String {
        let answer = try await post("/api/tasks/me/with-session/nemo_agent", token: token, ["task_name": "project"])
        return try #require(answer.json["data"]?["session_id"]?.text)
    }

    func message(
        _ text: String, _ session: String, _ token: String, attempt: Bool = false
    ) async throws -> Curl.Answer {
        try await post(
            "/run_sse", token: token,
            [
                "app_name": "nemo_agent", "user_id": "me", "session_id": .string(session),
                "new_message": ["parts": [["text": .string(text)]]],
            ], attempt: attempt)
    }

    func state(_ session: String, _ token: String) async throws -> JSON {
        try await ask("/api/state/nemo_agent/me/\(session)/latest", token: token).json["data"]?["state"] ?? .null
    }

    /// Files of these names and contents, sent as one form.
    func upload(
        _ files: [(String, [UInt8])], _ session: String, _ token: String, attempt: Bool = false
    ) async throws -> Curl.Answer {
        let folder = state.appending(path: "test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var arguments: [String] = []
        for (name, content) in files {
            let url = folder.appending(path: name)
            try Data(content).write(to: url)
            arguments += ["-F", "files=@\(url.path(percentEncoded: false))"]
        }
        return try await ask("/api/upload-video/nemo_agent/me/\(session)", token: token, arguments, attempt: attempt)
    }

    static let attribution = [
        "-H", "X-Skill-Source: reelgate", "-H", "X-Skill-Version: 1.0.0", "-H", "X-Skill-Platform: unknown",
    ]

    func submit(
        _ id: String, _ session: String, _ token: String, draft: JSON, _ headers: [String] = Bench.attribution,
        attempt: Bool = false
    ) async throws -> Curl.Answer {
        try await post(
            "/api/render/proxy/lambda", token: token,
            [
                "id": .string(id), "sessionId": .string(session), "draft": draft,
                "output": ["format": "mp4", "quality": "high"],
            ], headers, attempt: attempt)
    }

    /// Asks until the render has ended.
    func finished(_ id: String, _ token: String) async throws -> JSON {
        for _ in 0..<500 {
            let answer = try await ask("/api/render/proxy/lambda/\(id)", token: token).json
            if answer["status"] == "completed" || answer["status"] == "failed" { return answer }
        }
        Issue.record("the render does not end")
        return .null
    }

    /// What was asked and answered, in the order in which it ended.
    func exchanges() throws -> [JSON] {
        try String(contentsOf: state.appending(path: "exchanges.jsonl"), encoding: .utf8)
            .split(separator: "\n").map { try JSON(parsing: String($0)) }
    }

    /// What was accepted, in order: `message`, `upload`, `render`.
    func record() throws -> [JSON] {
        try String(contentsOf: state.appending(path: "record.jsonl"), encoding: .utf8)
            .split(separator: "\n").map { try JSON(parsing: String($0)) }
    }
}

/// The least of each type that a gate by content takes for one.
enum Sample {
    static let jpg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] + Array("JFIF".utf8) + [0, 1, 1, 0, 0, 1]
    static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
    static let gif = Array("GIF89a".utf8) + [UInt8](repeating: 0, count: 10)
    static let webp = Array("RIFF".utf8) + [16, 0, 0, 0] + Array("WEBPVP8 ".utf8)
    static let wav = Array("RIFF".utf8) + [16, 0, 0, 0] + Array("WAVEfmt ".utf8)
    static let avi = Array("RIFF".utf8) + [16, 0, 0, 0] + Array("AVI LIST".utf8)
    static let mp4: [UInt8] = [0, 0, 0, 16] + Array("ftypisom".utf8) + [0, 0, 2, 0]
    static let mov: [UInt8] = [0, 0, 0, 16] + Array("ftypqt  ".utf8) + [0, 0, 2, 0]
    static let m4a: [UInt8] = [0, 0, 0, 16] + Array("ftypM4A ".utf8) + [0, 0, 2, 0]
    static let heic: [UInt8] = [0, 0, 0, 16] + Array("ftypheic".utf8) + [0, 0, 2, 0]
    static let threeGP: [UInt8] = [0, 0, 0, 16] + Array("ftyp3gp5".utf8) + [0, 0, 2, 0]
    static let webm: [UInt8] = [0x1A, 0x45, 0xDF, 0xA3, 0x8B, 0x42, 0x82, 0x84] + Array("webm".utf8) + [0, 0, 0, 0]
    static let mkv: [UInt8] = [0x1A, 0x45, 0xDF, 0xA3, 0x8B, 0x42, 0x82, 0x88] + Array("matroska".utf8) + [0, 0, 0, 0]
    static let mp3: [UInt8] = [0xFF, 0xFB, 0x90, 0x00] + [UInt8](repeating: 0, count: 12)
    static let taggedMP3: [UInt8] = Array("ID3".utf8) + [4, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0] + mp3
    static let mp2: [UInt8] = [0xFF, 0xFD, 0x90, 0x00] + [UInt8](repeating: 0, count: 12)
    static let aac: [UInt8] = [0xFF, 0xF1, 0x50, 0x80] + [UInt8](repeating: 0, count: 12)
}
