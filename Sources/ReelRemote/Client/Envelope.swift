internal import ReelModel

/// A JSON answer in any of the wrappings that are seen: `{"code": 0, "data": {…}}`, `{"success": true, "data": {…}}`,
/// `data` within `data`, or bare.
struct Envelope: Sendable {
    let root: JSON

    /// From the inside out: a field is looked for where the wrapping ends first.
    private let layers: [JSON]

    init(_ root: JSON) {
        self.root = root
        var layers = [root]
        while layers.count < 3, let inner = layers.last?["data"] {
            guard case .object = inner else { break }
            layers.append(inner)
        }
        self.layers = layers.reversed()
    }

    /// The first of these fields that is there, wherever it is.
    func field(_ names: String...) -> JSON? {
        for layer in layers {
            for name in names {
                if let value = layer[name], value != .null { return value }
            }
        }
        return nil
    }

    /// What is inside the wrapping.
    var payload: JSON { layers[0] }

    /// The contract's code, where the answer is a refusal.
    var refusalCode: Int64? {
        let code = root["code"]?.integer ?? root["error"]?["code"]?.integer
        return code.flatMap { $0 == 0 || $0 == 200 ? nil : $0 }
    }

    /// Whether the answer says that it is a refusal, by a code or without one.
    var isRefusal: Bool { refusalCode != nil || root["success"] == false }

    /// The server's own words.
    var message: String? {
        for name in ["message", "error", "detail", "msg", "error_message"] {
            guard let value = root[name] ?? root["data"]?[name] else { continue }
            if let text = value.text, !text.isEmpty { return text }
            if let text = value.first(of: "message", "detail", "msg")?.text { return text }
            // A list of what is wrong with which field.
            let lines = (value.elements ?? []).compactMap { item -> String? in
                guard let text = item["msg"]?.text else { return nil }
                let place = (item["loc"]?.elements ?? []).compactMap(\.identifier).joined(separator: ".")
                return place.isEmpty ? text : "\(place): \(text)"
            }
            if !lines.isEmpty { return lines.joined(separator: "; ") }
        }
        return nil
    }
}
