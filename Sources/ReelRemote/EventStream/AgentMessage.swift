internal import ReelModel

/// One `data:` of the stream, in any of the dialects that are known, put into one form.
enum AgentMessage: Hashable {
    /// A sign of life.
    case sign
    case content(Content)
    case failure(AgentFailure)

    struct Content: Hashable {
        /// Whose running text it belongs to.
        var speaker = ""
        var id: String?
        var isPartial = false
        /// Meant for people; thoughts are left out.
        var text = ""
        var calls: [String] = []
        var results: [Result] = []
        /// A failure that came along with the content.
        var warning: AgentFailure?
    }

    struct Result: Hashable {
        var name: String
        var succeeded: Bool
    }

    init(data: String) {
        let bytes = Array(data.utf8)
        if let json = try? JSON(parsing: bytes), json.members != nil {
            self = AgentMessage(json)
        } else {
            self = AgentMessage(broken: data)
        }
    }

    /// Some versions of ADK paste the message of an exception unescaped into their error line.
    private init(broken data: String) {
        let start = data.trimming { $0.isWhitespace }
        guard start.hasPrefix("{"), let key = start.range(of: "\"error\"", within: 16) else {
            // A bare "heartbeat" or "[DONE]", or a line that nobody can read.
            self = .sign
            return
        }
        let message = start[key.upperBound...].trimming { ":\"{} \t\n".contains($0) }
        self = .failure(AgentFailure(String(message)))
    }

    private init(_ json: JSON) {
        if let type = json["type"]?.text {
            self = AgentMessage(type: type, json)
        } else if json["content"]?.members != nil || json["author"] != nil || json["invocationId"] != nil
            || json["errorCode"] != nil
        {
            self = .content(Self.event(json))
        } else if let failure = Self.failure(in: json) {
            self = .failure(failure)
        } else if let text = json.first(of: "text", "content")?.text, !text.isEmpty {
            self = .content(Content(id: json["id"]?.identifier, isPartial: json["partial"] == true, text: text))
        } else {
            self = .sign
        }
    }

    /// An event of ADK.
    private static func event(_ json: JSON) -> Content {
        let author = json["author"]?.text ?? ""
        var content = Content(
            speaker: "\(json.first(of: "invocationId", "invocation_id")?.text ?? "")/\(author)",
            id: json["id"]?.identifier, isPartial: json["partial"] == true)
        for part in json["content"]?["parts"]?.elements ?? [] {
            if let call = part.first(of: "functionCall", "function_call") {
                content.calls.append(call["name"]?.text ?? "")
            }
            if let result = part.first(of: "functionResponse", "function_response") {
                content.results.append(
                    Result(
                        name: result["name"]?.text ?? "", succeeded: isSuccess(result["response"] ?? result["result"])))
            }
            // The results of tools bear the role "user" and the agent's name: the author tells who speaks.
            if part["thought"] != true, author != "user", let text = part["text"]?.text { content.text += text }
        }
        let code = json.first(of: "errorCode", "error_code")
        let message = json.first(of: "errorMessage", "error_message")?.text
        if code != nil || message != nil {
            let name = code?.identifier
            content.warning = AgentFailure(
                message.map { text in name.map { "\(text) (\($0))" } ?? text } ?? name ?? "unnamed error",
                code: code?.integer)
        } else if let failure = failure(in: json) {
            content.warning = failure
        }
        return content
    }

    /// The dialect whose events name their type.
    private init(type: String, _ json: JSON) {
        let text = json.first(of: "content", "text", "message", "delta")?.text ?? ""
        let name = json.first(of: "name", "tool", "tool_name")?.text ?? ""
        let id = json["id"]?.identifier
        switch type.lowercased() {
        case "text", "message", "ask_question": self = .content(Content(id: id, text: text))
        case "chunk", "delta", "text_delta": self = .content(Content(id: id, isPartial: true, text: text))
        case "tool_call", "tool_start": self = .content(Content(id: id, calls: [name]))
        case "tool_result", "tool_end":
            let succeeded = Self.isSuccess(json.first(of: "result", "response")) && json["error"] == nil
            self = .content(Content(id: id, results: [Result(name: name, succeeded: succeeded)]))
        case "error":
            self = .failure(Self.failure(in: json) ?? AgentFailure(text.isEmpty ? "unnamed error" : text))
        case _: self = .sign
        }
    }

    /// An error, or a refusal in the envelope of the other endpoints.
    private static func failure(in json: JSON) -> AgentFailure? {
        let code = json["code"]?.integer.flatMap { $0 == 0 || $0 == 200 ? nil : $0 }
        guard let error = json.first(of: "error", "error_message") else {
            guard code != nil || json["success"] == false else { return nil }
            return AgentFailure(json.first(of: "message", "detail", "msg")?.text ?? "unnamed error", code: code)
        }
        if let text = error.text { return AgentFailure(text, code: code) }
        let message = error.first(of: "message", "detail", "msg")?.text ?? json["message"]?.text
        return AgentFailure(message ?? "unnamed error", code: code ?? error["code"]?.integer)
    }

    private static func isSuccess(_ result: JSON?) -> Bool {
        guard let result else { return true }
        if let error = result["error"], !error.isEmpty, error != false { return false }
        if result["ok"] == false || result["success"] == false { return false }
        let status = result["status"]?.text?.lowercased()
        return status != "error" && status != "failed"
    }
}

extension StringProtocol {
    /// The first place of a text that begins within that many characters.
    fileprivate func range(of text: String, within reach: Int) -> Range<Index>? {
        var start = startIndex
        for _ in 0..<reach where start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
