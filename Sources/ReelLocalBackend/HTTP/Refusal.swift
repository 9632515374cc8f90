internal import ReelModel

/// An answer that says no. Which HTTP status goes with which code is not published; the pairs here are this double's.
struct Refusal: Error, Sendable, Hashable {
    var status: Int
    var body: JSON

    init(status: Int, body: JSON) {
        self.status = status
        self.body = body
    }

    /// In the service's envelope.
    init(_ code: Int, status: Int, _ message: String) {
        self.init(
            status: status, body: ["code": JSON(code), "message": .string("local backend: " + message), "data": nil])
    }

    /// In the manner of the web framework underneath.
    init(status: Int, detail: String) {
        self.init(status: status, body: ["detail": .string(detail)])
    }

    static let invalidToken = Refusal(1001, status: 401, "the token is missing, expired or invalid")
    static func unknownSession(_ id: String) -> Refusal { Refusal(1002, status: 404, "session not found: \(id)") }
    static func outOfCredits(userID: String) -> Refusal {
        Refusal(
            2001, status: 402,
            "no credits are left for \(userID); here a new state folder, or seven days, bring a hundred new ones")
    }
    static func unsupported(_ name: String, _ reason: String) -> Refusal {
        Refusal(
            4001, status: 415,
            "unsupported file type: \(name): \(reason). Accepted: "
                + UploadGate.accepted.map(\.extension).joined(separator: ", "))
    }
    static func tooLarge(_ limit: Int64) -> Refusal {
        Refusal(4002, status: 413, "the upload is too large: a request may have \(limit) bytes")
    }
    static let missingClientID = Refusal(400, status: 400, "the header X-Client-Id is missing")
    static func exportBlocked(_ missing: [String]) -> Refusal {
        Refusal(402, status: 402, "export is blocked on the free plan: missing \(missing.joined(separator: ", "))")
    }
    static func duplicateRender(_ id: String) -> Refusal { Refusal(409, status: 409, "render \(id) exists already") }
    static func unknownRender(_ id: String) -> Refusal { Refusal(404, status: 404, "render not found: \(id)") }
    static func unfinishedRender(_ job: RenderJob) -> Refusal {
        Refusal(409, status: 409, "render \(job.id) is \(job.status.rawValue)")
    }
    static let busySession = Refusal(status: 409, detail: "local backend: the session is still working on a message")
    static let notFound = Refusal(status: 404, detail: "Not Found")
    static let methodNotAllowed = Refusal(status: 405, detail: "Method Not Allowed")

    /// One field of a body that is wrong.
    static func field(_ type: String, _ place: [String], _ message: String, input: JSON) -> JSON {
        [
            "type": .string(type), "loc": .array((["body"] + place).map(JSON.string)), "msg": .string(message),
            "input": input,
        ]
    }

    static func unprocessable(_ fields: [JSON]) -> Refusal {
        Refusal(status: 422, body: ["detail": .array(fields)])
    }

    static func unprocessable(_ place: String..., message: String) -> Refusal {
        unprocessable([field("value_error", place, message, input: nil)])
    }
}
