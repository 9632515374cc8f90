internal import ReelModel

/// An answer that says no. Which HTTP status goes with which code is not published, nor is any error's body: the pairs
/// here are this double's, and `Wording` gives them their form.
struct Refusal: Error, Sendable, Hashable {
    /// The contract's; `nil` for what the web framework underneath says.
    var code: Int?
    var status: Int
    var message: String
    /// What is wrong with which field of a body.
    var fields: [JSON] = []

    /// In the service's envelope.
    init(_ code: Int, status: Int, _ message: String) {
        self.code = code
        self.status = status
        self.message = "local backend: " + message
    }

    /// In the manner of the web framework underneath.
    init(status: Int, detail: String) {
        self.status = status
        message = detail
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
    static func unattributed(_ missing: [String]) -> Refusal {
        Refusal(1010, status: 401, "who asks is not said: missing \(missing.joined(separator: ", "))")
    }
    static func rateLimited(_ why: String) -> Refusal { Refusal(429, status: 429, "too many requests: \(why)") }
    static func duplicateRender(_ id: String) -> Refusal { Refusal(409, status: 409, "render \(id) exists already") }
    static func unknownRender(_ id: String) -> Refusal { Refusal(404, status: 404, "render not found: \(id)") }
    static func unfinishedRender(_ job: RenderJob) -> Refusal {
        Refusal(409, status: 409, "render \(job.id) is \(job.status.rawValue)")
    }
    static let busySession = Refusal(status: 409, detail: "local backend: the session is still working on a message")
    static let expiredLink = Refusal(403, status: 403, "the address has expired; ask for the render's status again")
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
        var refusal = Refusal(status: 422, detail: "Unprocessable")
        refusal.fields = fields
        return refusal
    }

    static func unprocessable(_ place: String..., message: String) -> Refusal {
        unprocessable([field("value_error", place, message, input: nil)])
    }
}
