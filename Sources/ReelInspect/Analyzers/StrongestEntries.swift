/// A list that keeps so many entries of however many are found: where there are more, the weakest go. The last to go are
/// those that no other one reaches by each of their measures, so that where some pass the thresholds of a rule, one that
/// does stays. Of equally strong ones the earlier stays.
struct StrongestEntries<Entry: Sendable>: Sendable {
    private let limit: Int
    private let strength: @Sendable (Entry) -> SIMD2<Double>
    private var entries: [Entry] = []

    /// - Parameter strength: one measure of an entry, 0 or more: the larger, the worse it is.
    init(limit: Int, by strength: @escaping @Sendable (Entry) -> Double) {
        self.limit = limit
        self.strength = { SIMD2(strength($0), 0) }
    }

    /// - Parameter both: the two measures that a rule asks for together, each 0 or more.
    init(limit: Int, byBoth both: @escaping @Sendable (Entry) -> (Double, Double)) {
        self.limit = limit
        strength = {
            let (one, other) = both($0)
            return SIMD2(one, other)
        }
    }

    /// Adds an entry; they come in order of time.
    mutating func add(_ entry: Entry) {
        entries.append(entry)
        // Seldom, so that many entries cost little each.
        if entries.count >= 2 * limit { reduce() }
    }

    /// The strongest, in the order in which they came.
    var strongest: [Entry] {
        var copy = self
        copy.reduce()
        return copy.entries
    }

    private mutating func reduce() {
        guard entries.count > limit else { return }
        let strengths = entries.map(strength)
        // Entries that no other one reaches by both measures.
        var leads = [Bool](repeating: false, count: entries.count)
        var highest = -Double.infinity
        for place in entries.indices.sorted(by: { (one, other) in
            let (a, b) = (strengths[one], strengths[other])
            return (a.x, a.y, other) > (b.x, b.y, one)
        }) where strengths[place].y > highest {
            leads[place] = true
            highest = strengths[place].y
        }
        let product = strengths.map { (1 + $0.x) * (1 + $0.y) }
        let order = entries.indices.sorted { one, other in
            if leads[one] != leads[other] { return leads[one] }
            return (product[one], other) > (product[other], one)
        }
        entries = order.prefix(limit).sorted().map { entries[$0] }
    }
}
