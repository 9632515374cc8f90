internal import ReelModel

/// Gives answers the form that the switches ask for.
struct Wording: Sendable {
    let choices: Choices

    // MARK: Successes

    /// In the service's envelope.
    func success(_ data: JSON) -> Answer {
        switch choices.envelope {
        case .code: .json(["code": 0, "message": "local backend", "data": data])
        case .textCode: .json(["code": "0", "message": "local backend", "data": data])
        case .success: .json(["success": true, "data": data])
        case .nested: .json(["code": 0, "message": "local backend", "data": ["data": data]])
        case .bare: .json(data)
        }
    }

    /// A whole number, or the text of one.
    func number(_ value: Int64) -> JSON {
        switch choices.numbers {
        case .number: JSON(value)
        case .text: .string(String(value))
        }
    }

    func number(_ value: Int) -> JSON { number(Int64(value)) }

    /// A session's id.
    func id(_ id: String) -> JSON {
        switch choices.ids {
        case .number: .number(id)
        case .text: .string(id)
        }
    }

    // MARK: Refusals

    func refusal(_ refusal: Refusal) -> Answer { .json(body(of: refusal), status: status(of: refusal)) }

    func body(of refusal: Refusal) -> JSON {
        guard refusal.fields.isEmpty else { return ["detail": .array(refusal.fields)] }
        guard let code = refusal.code else { return ["detail": .string(refusal.message)] }
        let message = JSON.string(refusal.message)
        return switch choices.errorBody {
        case .envelope: ["code": JSON(code), "message": message, "data": nil]
        case .success: ["success": false, "code": JSON(code), "error": message]
        case .nested: ["error": ["code": JSON(code), "message": message]]
        case .detail: ["detail": message]
        }
    }

    private func status(of refusal: Refusal) -> Int {
        switch choices.errorStatus {
        case .http: refusal.status
        // 400, 402 and 429 are HTTP's own in the contract; a body without a code says nothing under a good status.
        case .ok: (refusal.code ?? 0) > 1000 && choices.errorBody != .detail ? 200 : refusal.status
        }
    }
}
