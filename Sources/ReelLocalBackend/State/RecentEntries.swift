/// The entries that were used last, so that memory stays flat however many there are; all of them are on disk.
struct RecentEntries<Entry: Sendable>: Sendable {
    private let limit: Int
    private var entries: [String: (entry: Entry, used: UInt64)] = [:]
    private var clock: UInt64 = 0

    init(limit: Int) { self.limit = limit }

    var count: Int { entries.count }

    /// Keeps the entry, and lets go of those that were not used for longest where there are too many.
    mutating func keep(_ entry: Entry, _ id: String) {
        clock += 1
        entries[id] = (entry, clock)
        guard entries.count > limit else { return }
        // Half of them at once, so that the search for the oldest costs little each time.
        let oldest = entries.values.map(\.used).sorted()[entries.count / 2]
        entries = entries.filter { $0.value.used >= oldest }
    }

    /// The entry of that id, read where it is not kept.
    mutating func entry(_ id: String, reading: () throws -> Entry) rethrows -> Entry {
        let entry = try entries[id]?.entry ?? reading()
        keep(entry, id)
        return entry
    }
}
