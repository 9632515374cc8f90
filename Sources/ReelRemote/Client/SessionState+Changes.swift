internal import ReelModel

extension SessionState {
    /// What makes this state out of that one, in words for whoever ordered it; empty where both say the same.
    public func changes(from old: SessionState?) -> [String] {
        guard old?.canonical != canonical else { return [] }
        var lines: [String] = []
        if let draft {
            lines += draft.changes(from: old?.draft).map(\.description)
        } else if old?.draft != nil {
            lines.append("The timeline is empty now")
        }
        lines += Self.added(videoInfos, since: old?.videoInfos).map { "In the session: \($0)" }
        lines += Self.added(generatedMedia, since: old?.generatedMedia).map { "Generated: \($0)" }
        return lines
    }

    /// The names of items that were not there before. The items' shape is unpublished: each counts as what its JSON is.
    private static func added(_ items: JSON, since old: JSON?) -> [String] {
        var before = list(old ?? .null).map(\.canonical)
        return list(items).compactMap { item in
            if let place = before.firstIndex(of: item.canonical) {
                before.remove(at: place)
                return nil
            }
            return name(of: item)
        }
    }

    private static func list(_ items: JSON) -> [JSON] {
        items.elements ?? items.members?.map(\.value) ?? []
    }

    private static func name(of item: JSON) -> String {
        if let name = item.first(of: "filename", "file_name", "name", "title")?.text, !name.isEmpty { return name }
        if let address = item.text ?? item.first(of: "cdn_url", "url")?.text {
            // What is signed in an address is nobody's business.
            let path = address.prefix { $0 != "?" && $0 != "#" }
            if let last = path.split(separator: "/").last { return String(last) }
        }
        return "one more item"
    }
}
