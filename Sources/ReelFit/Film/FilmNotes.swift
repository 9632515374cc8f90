/// What a container notes beside its streams, none of which goes into a copy.
enum FilmNotes {
    /// Notes of the container's own working, or of the program that wrote it.
    private static let technical: Set<String> = [
        "major_brand", "minor_version", "compatible_brands", "encoder", "encoded_by", "encoding_tool", "software",
        "handler_name", "vendor_id", "duration", "isft",
    ]
    /// How many are told by name.
    private static let shown = 4

    /// The loss of them, in words.
    static func losses(of metadata: [String: String]) -> [String] {
        let names = metadata.keys.filter { !technical.contains($0.lowercased()) }.sorted()
        guard !names.isEmpty else { return [] }
        let more = names.count > shown ? " and \(names.count - shown) more" : ""
        return [
            "what was noted beside the streams (\(names.prefix(shown).joined(separator: ", "))\(more)) was left out"
        ]
    }
}
