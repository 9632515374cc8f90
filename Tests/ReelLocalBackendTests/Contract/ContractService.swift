import Foundation
import ReelModel
import ReelTestSupport
import ReelWorker
import Testing

@testable import ReelLocalBackend

/// The service that a row of the contract is held against: our double, or what `REELGATE_CONTRACT_URL` names on this
/// machine. Never the cloud.
final class ContractService {
    let origin: String
    /// `nil` where somebody else's service is asked.
    private let bench: Bench?
    private let folder: TemporaryFolder

    /// What is to be asked instead of the double.
    static let elsewhere = ProcessInfo.processInfo.environment["REELGATE_CONTRACT_URL"].flatMap {
        $0.isEmpty ? nil : $0
    }

    init() async throws {
        folder = try TemporaryFolder()
        guard let elsewhere = Self.elsewhere else {
            let bench = try await Bench(fetch: { _, file, _ in
                try FileHandle(fileDescriptor: file.descriptor, closeOnDealloc: false).write(
                    contentsOf: Data(Sample.jpg))
            })
            self.bench = bench
            origin = bench.origin
            return
        }
        let host = URLComponents(string: elsewhere)?.host ?? ""
        try #require(
            ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host),
            "the contract is held only against services of this machine")
        bench = nil
        origin = elsewhere.hasSuffix("/") ? String(elsewhere.dropLast()) : elsewhere
    }

    func stop() async { await bench?.stop() }

    // MARK: Asking

    /// A user of one's own, with the attribution that every request bears.
    struct User: Sendable {
        var token: String
        var headers: [String] { ["-H", "Authorization: Bearer \(token)"] + Bench.attribution }
    }

    func ask(_ path: String, _ arguments: [String] = []) async throws -> Curl.Answer {
        try await Curl.ask(origin + path, arguments)
    }

    func post(_ path: String, _ user: User?, _ body: JSON, _ arguments: [String] = []) async throws -> Curl.Answer {
        try await ask(
            path,
            (user?.headers ?? []) + ["-H", "Content-Type: application/json", "--data-binary", body.description]
                + arguments)
    }

    func get(_ path: String, _ user: User?, _ arguments: [String] = []) async throws -> Curl.Answer {
        try await ask(path, (user?.headers ?? []) + arguments)
    }

    func user(client: String = UUID().uuidString) async throws -> User {
        let answer = try await ask(
            "/api/auth/anonymous-token", ["-X", "POST", "-H", "X-Client-Id: \(client)"] + Bench.attribution)
        return User(token: try #require(answer.field("token")?.text, "no token: \(answer.text)"))
    }

    func session(_ user: User) async throws -> String {
        let answer = try await post("/api/tasks/me/with-session/nemo_agent", user, ["task_name": "project"])
        return try #require(answer.field("session_id")?.identifier, "no session: \(answer.text)")
    }

    static func message(_ text: String, _ session: String) -> JSON {
        [
            "app_name": "nemo_agent", "user_id": "me", "session_id": .string(session),
            "new_message": ["parts": [["text": .string(text)]]],
        ]
    }

    func send(_ text: String, _ session: String, _ user: User) async throws -> Curl.Answer {
        try await post("/run_sse", user, Self.message(text, session), ["-H", "Accept: text/event-stream"])
    }

    func state(_ session: String, _ user: User) async throws -> Curl.Answer {
        try await get("/api/state/nemo_agent/me/\(session)/latest", user)
    }

    /// A real file of the fixtures, under another name if need be.
    func upload(_ fixture: String, as name: String? = nil, _ session: String, _ user: User) async throws -> Curl.Answer
    {
        let file = Places.fixtures.appending(path: fixture).path(percentEncoded: false)
        return try await ask(
            "/api/upload-video/nemo_agent/me/\(session)",
            user.headers + ["-F", "files=@\(file);filename=\(name ?? fixture)"])
    }

    /// A file of that length without content.
    func emptyFile(_ name: String, bytes: UInt64) throws -> String {
        let path = folder.path(name)
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        let handle = try FileHandle(forWritingTo: folder.file(name))
        try handle.truncate(atOffset: bytes)
        try handle.close()
        return path
    }

    /// A session with something to export, and its draft.
    func draft(_ user: User) async throws -> (session: String, draft: JSON) {
        let session = try await session(user)
        _ = try await upload("passes-upright.jpg", session, user)
        _ = try await send("make a vertical video of it, 2 seconds", session, user)
        let draft = try #require(try await state(session, user).field("state")?["draft"])
        return (session, draft)
    }

    func submit(
        _ id: String, _ session: String, _ draft: JSON?, _ user: User,
        output: JSON? = ["format": "mp4", "quality": "high"]
    ) async throws -> Curl.Answer {
        var members: [JSON.Member] = [.init("id", .string(id)), .init("sessionId", .string(session))]
        if let draft { members.append(.init("draft", draft)) }
        if let output { members.append(.init("output", output)) }
        return try await post("/api/render/proxy/lambda", user, .object(members))
    }

    /// Polls until it has ended, as long as the contract says a render may take.
    func finished(_ id: String, _ user: User) async throws -> Curl.Answer {
        let deadline = ContinuousClock.now + .seconds(300)
        while true {
            let answer = try await get("/api/render/proxy/lambda/\(id)", user)
            let status = answer.field("status")?.text?.lowercased()
            if status == "completed" || status == "failed" { return answer }
            try #require(ContinuousClock.now < deadline, "the render does not end")
        }
    }

    static func newRender() -> String { "render_\(UUID().uuidString.lowercased())" }
}

extension Curl.Answer {
    /// A field, wherever the wrapping ends.
    func field(_ name: String) -> JSON? {
        json["data"]?["data"]?[name] ?? json["data"]?[name] ?? json[name]
    }

    /// The contract's code, or HTTP's status where there is none.
    var meaning: Int64 {
        let code = json["code"]?.integer ?? json["error"]?["code"]?.integer
        return code.flatMap { $0 == 0 ? nil : $0 } ?? Int64(status)
    }

    var isRefusal: Bool { meaning >= 300 || json["success"] == false }

    /// Where the film is, in either dialect.
    var film: String? { json["output"]?["url"]?.text ?? field("output")?["url"]?.text ?? field("outputUrl")?.text }
}
