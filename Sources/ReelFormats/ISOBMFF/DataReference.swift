/// Where the media of a track is (ISO/IEC 14496-12, 8.7.2): in the same file, or in another that is only named.
enum DataReference {
    /// Whether every entry of `dref` names another file. An entry that says so without a name is taken for this file:
    /// players do the same.
    static func isExternal(_ information: Box, _ pager: inout Pager) throws -> Bool {
        guard let data = try information.child("dinf", &pager), let table = try data.child("dref", &pager) else {
            return false
        }
        var entries = BoxWalk(inside: table, skipping: 8, countLimit: 64)
        var found = false
        while let entry = try entries.next(&pager) {
            guard let flags = try entry.contents(limit: 4, &pager).u24(1) else { continue }
            if flags & 1 == 1 || entry.bodySize <= 5 { return false }
            found = true
        }
        return found
    }
}
