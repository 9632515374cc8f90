import Testing

@testable import ReelInspect

struct `A full list keeps the strongest` {
    private struct Entry: Sendable, Equatable {
        let time: Int
        var length = 0.0
        var depth = 0.0
    }

    @Test func `whatever comes first, in order of time`() {
        var entries = StrongestEntries<Entry>(limit: 3) { $0.length }
        for time in 0..<50 { entries.add(Entry(time: time, length: 1)) }
        entries.add(Entry(time: 50, length: 9))
        for time in 51..<100 { entries.add(Entry(time: time, length: 2)) }
        entries.add(Entry(time: 100, length: 5))
        #expect(entries.strongest.map(\.time) == [50, 51, 100])
    }

    @Test func `fewer than the limit all stay`() {
        var entries = StrongestEntries<Entry>(limit: 3) { $0.length }
        for time in 0..<3 { entries.add(Entry(time: time, length: Double(3 - time))) }
        #expect(entries.strongest.map(\.time) == [0, 1, 2])
    }

    @Test func `what no other one reaches by both measures outlasts what is large by one`() {
        var entries = StrongestEntries<Entry>(limit: 3, byBoth: { ($0.length, $0.depth) })
        // Passes thresholds of 2 and 2, and is the only one that does.
        entries.add(Entry(time: 0, length: 2, depth: 2))
        for time in 1..<200 { entries.add(Entry(time: time, length: 100, depth: 1)) }
        entries.add(Entry(time: 200, length: 1, depth: 100))
        #expect(entries.strongest.map(\.time) == [0, 1, 200])
    }
}
