internal import ReelModel

/// RFC 9559, 5.1.8, and "Matroska Media Container Tag Specifications".
struct MatroskaTags {
    /// Seconds, by the track's unique number: the tag DURATION of a track, as muxers write it.
    private(set) var durations: [UInt64: Double] = [:]

    private static let listLimit = 1000
    private static let depthLimit = 4

    /// What the tags say of the file's making.
    mutating func read(_ element: EBMLElement, _ pager: inout Pager) throws -> [MetadataEntry] {
        var entries: [MetadataEntry] = []
        var tags = EBMLWalk(inside: element)
        var count = 0
        while let tag = try tags.next(&pager), count < Self.listLimit {
            guard tag.id == 0x7373 else { continue }
            count += 1
            var target: UInt64?
            var seconds: Double?
            var parts = EBMLWalk(inside: tag)
            while let part = try parts.next(&pager) {
                if part.id == 0x63C0 {
                    var values = EBMLWalk(inside: part)
                    while let value = try values.next(&pager) {
                        if value.id == 0x63C5 { target = try value.uid(&pager) }
                    }
                } else if part.id == 0x67C8 {
                    if let told = try simple(part, depth: 0, &pager, into: &entries) { seconds = told }
                }
            }
            if let target, let seconds { durations[target] = seconds }
        }
        return entries
    }

    /// A name and a value, and others inside it that say more about it. The duration, if it is that.
    private func simple(
        _ tag: EBMLElement, depth: Int, _ pager: inout Pager, into entries: inout [MetadataEntry]
    ) throws -> Double? {
        var name = ""
        var value: String?
        var values = EBMLWalk(inside: tag)
        var seconds: Double?
        while let part = try values.next(&pager) {
            switch part.id {
            case 0x45A3: name = try part.words(&pager)
            case 0x4487: value = try part.words(&pager)
            case 0x67C8 where depth < Self.depthLimit:
                _ = try simple(part, depth: depth + 1, &pager, into: &entries)
            default: continue
            }
        }
        guard let value else { return nil }
        if name == "DURATION" { seconds = MatroskaTags.seconds(value) }
        if let entry = TagName.entry(name, value), !entries.contains(entry) { entries.append(entry) }
        return seconds
    }

    /// `00:00:01.023000000`
    private static func seconds(_ text: String) -> Double? {
        let parts = text.split(separator: ":").map { Double($0) }
        guard parts.count == 3, let hours = parts[0], let minutes = parts[1], let seconds = parts[2] else { return nil }
        let total = hours * 3600 + minutes * 60 + seconds
        return total.isFinite && total >= 0 ? total : nil
    }
}
