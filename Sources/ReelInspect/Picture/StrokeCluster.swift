internal import ReelModel

/// Where standing edges lie together: the strongest cluster of parts of a sketch that have some.
struct StrokeCluster: Sendable {
    /// Samples along each side of a part.
    private static let part = 16
    /// Edges that a part must have.
    private static let least = 6
    /// Parts that may lie between two of one cluster: from one word to the next, and from line to line.
    private static let gap = (across: 3, down: 2)
    /// Turns from rising to falling and back in a row that goes across letters: three strokes.
    static let turns = 4

    /// Rows that go across letters.
    private(set) var rows = 0
    private(set) var place: PictureArea?
    /// Edges within the cluster, and outside of it those that are at least half as steep as those within are in the median:
    /// grain that coding froze is no lettering.
    private(set) var inside = 0
    private(set) var outside = 0

    /// - Parameter slopes: of each sample: 0 where there is none of the edges.
    init(_ slopes: [Float], width: Int, height: Int) {
        let (columns, lines) = ((width + Self.part - 1) / Self.part, (height + Self.part - 1) / Self.part)
        var counts = [Int](repeating: 0, count: columns * lines)
        var weights = [Float](repeating: 0, count: columns * lines)
        for y in 0..<height {
            for x in 0..<width where slopes[y * width + x] != 0 {
                let part = y / Self.part * columns + x / Self.part
                counts[part] += 1
                weights[part] += abs(slopes[y * width + x])
            }
        }
        guard let cluster = Self.strongest(counts, weights, columns, lines) else {
            outside = counts.reduce(0, +)
            return
        }
        inside = cluster.reduce(0) { $0 + counts[$1] }
        let across = cluster.map { $0 % columns }
        let down = cluster.map { $0 / columns }
        let left = (across.min() ?? 0) * Self.part
        let right = min(((across.max() ?? 0) + 1) * Self.part, width)
        let top = (down.min() ?? 0) * Self.part
        let bottom = min(((down.max() ?? 0) + 1) * Self.part, height)
        let own = Set(cluster)
        outside = Self.edges(outside: own, slopes, width: width, height: height, columns: columns)
        var (first, last) = (bottom, top)
        var (leftmost, rightmost) = (right, left)
        for y in top..<bottom {
            var turns = 0
            var before: Float = 0
            for x in left..<right where own.contains(y / Self.part * columns + x / Self.part) {
                let slope = slopes[y * width + x]
                guard slope != 0 else { continue }
                (first, last) = (min(first, y), max(last, y + 1))
                (leftmost, rightmost) = (min(leftmost, x), max(rightmost, x + 1))
                if before != 0, (slope > 0) != (before > 0) { turns += 1 }
                before = slope
            }
            if turns >= Self.turns { rows += 1 }
        }
        place = PictureArea(
            left: Double(leftmost) / Double(width), top: Double(first) / Double(height),
            right: Double(rightmost) / Double(width), bottom: Double(last) / Double(height))
    }

    private static func edges(
        outside own: Set<Int>, _ slopes: [Float], width: Int, height: Int, columns: Int
    ) -> Int {
        var within: [Float] = []
        var beyond: [Float] = []
        for y in 0..<height {
            for x in 0..<width where slopes[y * width + x] != 0 {
                let slope = abs(slopes[y * width + x])
                if own.contains(y / part * columns + x / part) { within.append(slope) } else { beyond.append(slope) }
            }
        }
        guard !within.isEmpty else { return beyond.count }
        let least = within.sorted()[within.count / 2] / 2
        return beyond.count { $0 >= least }
    }

    /// Places of the parts of the cluster whose edges have the largest sum of slopes.
    private static func strongest(_ counts: [Int], _ weights: [Float], _ columns: Int, _ lines: Int) -> [Int]? {
        var isOpen = counts.map { $0 >= least }
        var best: (weight: Float, parts: [Int])?
        for start in counts.indices where isOpen[start] {
            var parts = [start]
            isOpen[start] = false
            var next = 0
            while next < parts.count {
                let (x, y) = (parts[next] % columns, parts[next] / columns)
                next += 1
                for line in max(y - gap.down, 0)...min(y + gap.down, lines - 1) {
                    for column in max(x - gap.across, 0)...min(x + gap.across, columns - 1)
                    where isOpen[line * columns + column] {
                        isOpen[line * columns + column] = false
                        parts.append(line * columns + column)
                    }
                }
            }
            let weight = parts.reduce(0) { $0 + weights[$1] }
            if weight > best?.weight ?? 0 { best = (weight, parts) }
        }
        return best?.parts
    }
}
