/// What somebody may have meant by a name that there is not.
enum NearestName {
    /// The candidate that takes the fewest letters changed, added, left out or exchanged, where those are few enough
    /// for a slip; a part of a name, or its words in another order, means it too.
    static func of(_ name: String, among candidates: [String]) -> String? {
        let asked = Array(name.lowercased().unicodeScalars)
        guard !asked.isEmpty, asked.count <= 64 else { return nil }
        let distances = candidates.map { ($0, distance(asked, Array($0.unicodeScalars))) }
        if let best = distances.min(by: { $0.1 < $1.1 }), best.1 <= max(2, asked.count / 3) { return best.0 }
        let words = Set(name.lowercased().split { $0 == "-" || $0 == "_" || $0 == " " })
        let shared = candidates.map { ($0, words.intersection($0.split(separator: "-")).count) }
        guard let best = shared.max(by: { $0.1 < $1.1 }), best.1 > 0 else {
            return candidates.first { $0.contains(name.lowercased()) }
        }
        return best.0
    }

    /// Damerau's distance, as far as neighbours are exchanged.
    static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, beforeLast[j - 1] + 1) }
                row.append(least)
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }
}
