import ReelModel
import Testing

@testable import ReelRemote

/// How liberally answers are read.
struct ReadingTests {
    static func envelope(_ text: String) throws -> Envelope { Envelope(try JSON(parsing: text)) }
    static let backend = Backend("https://api.example")!

    @Test(arguments: [
        #"{"session_id":5529798706024415232}"#, #"{"code":0,"data":{"session_id":"5529798706024415232"}}"#,
        #"{"success":true,"data":{"data":{"session_id":5529798706024415232}}}"#,
        #"{"code":"0","data":{"sessionId":"5529798706024415232"}}"#,
    ])
    func `a field wherever it is, an id to its last digit`(_ text: String) throws {
        let envelope = try Self.envelope(text)
        #expect(!envelope.isRefusal)
        #expect(envelope.field("session_id", "sessionId")?.identifier == "5529798706024415232")
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var status: Int
        var body: String?
        var call = RemoteError.Call.state
        var kind: RemoteError.Kind
        var testDescription: String { "\(status) \(body ?? "")" }
    }

    static let refusals = [
        Refusal(status: 200, body: #"{"code":1001,"message":"m"}"#, kind: .tokenInvalid(isOwn: false)),
        Refusal(status: 401, body: nil, kind: .tokenInvalid(isOwn: false)),
        Refusal(status: 200, body: #"{"code":"1002"}"#, kind: .sessionNotFound),
        Refusal(status: 404, body: #"{"detail":"Session not found: 7"}"#, kind: .sessionNotFound),
        Refusal(status: 404, body: #"{"detail":"Not Found"}"#, kind: .notFound),
        Refusal(status: 403, body: #"{"code":2001}"#, kind: .outOfCredits(registration: nil)),
        Refusal(status: 200, body: #"{"code":4001}"#, kind: .unsupportedType),
        Refusal(status: 413, body: nil, kind: .tooLarge),
        Refusal(status: 200, body: #"{"code":4002}"#, kind: .tooLarge),
        Refusal(status: 400, body: nil, call: .token, kind: .clientIDMissing),
        Refusal(status: 400, body: #"{"message":"X-Client-Id missing"}"#, kind: .clientIDMissing),
        Refusal(status: 400, body: #"{"message":"bad draft"}"#, kind: .refused(code: 400)),
        Refusal(status: 402, body: nil, kind: .planTooLow),
        Refusal(status: 200, body: #"{"code":402}"#, kind: .planTooLow),
        Refusal(status: 429, body: nil, kind: .rateLimited),
        Refusal(status: 503, body: "<html>", kind: .serverError(status: 503)),
        Refusal(status: 422, body: #"{"detail":[{"loc":["body","x"],"msg":"missing"}]}"#, kind: .refused(code: 422)),
        Refusal(status: 200, body: #"{"success":false,"error":"because"}"#, kind: .refused(code: nil)),
        Refusal(
            status: 200, body: #"{"success":false,"error":{"code":2001,"message":"m"}}"#,
            kind: .outOfCredits(registration: nil)),
    ]

    @Test(arguments: refusals) func `the body's code before the status`(_ row: Refusal) throws {
        let envelope = row.body.flatMap { try? Self.envelope($0) }
        let error = try #require(
            RemoteError(ResponseHead(status: row.status, headers: []), envelope, call: row.call, origin: "o"))
        #expect(error.kind == row.kind)
    }

    @Test func `the server's own words, in any field`() throws {
        let first = try Self.envelope(#"{"detail":[{"loc":["body","x"],"msg":"missing"},{"msg":"bad"}]}"#)
        #expect(first.message == "body.x: missing; bad")
        #expect(try Self.envelope(#"{"code":1,"msg":"m"}"#).message == "m")
        #expect(try Self.envelope(#"{"error":{"message":"m"}}"#).message == "m")
    }

    static let dialectA =
        #"{"taskId":"r","status":"completed","progress":100,"output":{"url":"https://c/v.mp4","duration":30.5,"size":15728640}}"#
    static let dialectB =
        #"{"success":true,"data":{"id":"r","status":"completed","progress":100,"outputUrl":"https://c/v.mp4","createdAt":1773423613616}}"#

    @Test(arguments: [
        dialectA, dialectB, #"{"data":{"status":"DONE","output_url":"https://c/v.mp4"}}"#,
        #"{"status":"success","url":"https://c/v.mp4"}"#,
    ])
    func `a finished export in every form`(_ text: String) throws {
        let status = RenderStatus(try Self.envelope(text), backend: Self.backend)
        #expect(status.phase == .completed)
        #expect(status.address == "https://c/v.mp4")
    }

    @Test func `an export's details`() throws {
        let a = RenderStatus(try Self.envelope(Self.dialectA), backend: Self.backend)
        #expect(a.duration == 30.5)
        #expect(a.size == 15_728_640)
        #expect(a.fraction == 1)
        let relative = RenderStatus(
            try Self.envelope(#"{"status":"completed","output":{"url":"/r/v.mp4"}}"#), backend: Self.backend)
        #expect(relative.address == "https://api.example/r/v.mp4")
        let failed = RenderStatus(
            try Self.envelope(#"{"data":{"status":"Failed","error":"codec"}}"#), backend: Self.backend)
        #expect(failed.phase == .failed)
        #expect(failed.error == "codec")
        let odd = RenderStatus(
            try Self.envelope(#"{"data":{"status":"warming","progress":"7"}}"#), backend: Self.backend)
        #expect(odd.phase == .unknown("warming"))
        #expect(odd.fraction == 0.07)
    }

    @Test(arguments: [
        #"{"state":{"draft":D,"video_infos":[1]}}"#, #"{"draft":D,"video_infos":[1]}"#,
        #"{"state":"{\"draft\":{\"t\":[{\"tt\":0,\"sg\":[{\"d\":1}]}]},\"video_infos\":[1]}"}"#,
    ])
    func `a state in every form`(_ text: String) throws {
        let text = text.replacing("D", with: #"{"t":[{"tt":0,"sg":[{"d":1}]}]}"#)
        let state = SessionState(try JSON(parsing: text))
        #expect(state.draft?.isExportable == true)
        #expect(state.videoInfos == [1])
    }

    @Test func `a draft that is a text counts as the draft in it`() throws {
        let state = SessionState(["draft": #"{"t":[{"tt":7,"sg":[{"d":9007199254740993}]}]}"#])
        #expect(state.draft?.json.description == #"{"t":[{"tt":7,"sg":[{"d":9007199254740993}]}]}"#)
    }

    @Test func `no draft, in every form`() throws {
        let forms: [JSON] = [[:], ["draft": nil], ["draft": [:]], ["draft": ""], ["state": nil]]
        for form in forms {
            #expect(SessionState(form).draft == nil)
            #expect(SessionState(form).canonical == "[null,null,null]")
        }
    }

    @Test func `the order of members makes no difference between states`() throws {
        let one = SessionState(try JSON(parsing: #"{"draft":{"t":[],"d":1},"other":1}"#))
        let two = SessionState(try JSON(parsing: #"{"draft":{"d":1,"t":[]}}"#))
        #expect(one.canonical == two.canonical)
    }

    @Test(arguments: [
        ("2026-03-18T00:00:00Z", 1_773_792_000.0), ("2026-03-18T00:00:00.250Z", 1_773_792_000.25),
        ("2026-03-18T01:00:00+01:00", 1_773_792_000.0), ("1773792000", 1_773_792_000), ("1773792000000", 1_773_792_000),
    ])
    func `a moment in every form`(_ text: String, _ seconds: Double) {
        #expect(Moment.seconds(.string(text)) == seconds)
    }

    @Test func `addresses`() throws {
        #expect(WebAddress("ftp://x/") == nil)
        #expect(WebAddress("https://user:secret@x/") == nil)
        #expect(WebAddress("x/y") == nil)
        #expect(WebAddress("https://x/a b") == nil)
        #expect(WebAddress("file:///etc/passwd") == nil)
        #expect(WebAddress("HTTPS://API.Example:443/a")?.origin == "https://api.example")
        #expect(WebAddress("http://[::1]:8080/")?.isLoopback == true)
        #expect(WebAddress("http://127.1.2.3/")?.isLoopback == true)
        #expect(WebAddress("http://127.0.0.1.example.com/")?.isLoopback == false)
        #expect(WebAddress("https://x/a?token=1")?.description == "https://x/a")
        #expect(WebAddress("https://x/a/b")?.resolving("../c?d")?.text == "https://x/c?d")
        #expect(WebAddress("https://x/a")?.resolving("//y/z")?.text == "https://y/z")
        #expect(WebAddress("https://x/a")?.resolving("file:///etc/passwd") == nil)
        #expect(Backend.cloudAddress == "https://mega-api-prod.nemovideo.ai")
        #expect(WebAddress.segment("../a b/é") == "..%2Fa%20b%2F%C3%A9")
        #expect(WebAddress.segment("..") == "%2E%2E")
    }
}
