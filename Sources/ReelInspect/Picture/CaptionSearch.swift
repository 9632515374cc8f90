internal import ReelModel

/// Looks for strokes of letters that stand for a while, in windows of four sketches: those that are not there before
/// or after while the picture goes on, and those that stay over a cut.
struct CaptionSearch: Sendable {
    /// Sketches of a window, and those that a shot must have in one to be told anything of.
    private static let sketches = (full: 4, least: 3)
    /// Samples along the shorter side, below which a pattern of the picture has as few as letters have.
    static let smallest = 200
    /// Windows without which nothing can be told: something stands in one, and is missing two before it or after it.
    static let fewest = 3
    /// Of a caption's edges, how many have to be there for it to go on.
    private static let stays = 0.5
    /// Windows that a caption may be missed in.
    private static let misses = 1
    /// Seconds between two sightings of one caption, at most.
    private static let pause = 1.5

    private(set) var windows = 0
    private var shot = 0
    private var sums = SlopeSums()
    private var span = TimeRange(start: 0, end: 0)
    /// The last ones, the newest at the end.
    private var recent: [Window] = []
    private var shown: [Shown] = []
    private var found: [Caption] = []

    mutating func add(_ sketch: LumaSketch, at span: TimeRange, afterCut: Bool) {
        if afterCut {
            if sums.count >= Self.sketches.least { close() }
            sums.clear()
            shot += 1
        }
        if sums.count == 0 { self.span = span }
        sums.add(sketch)
        self.span.end = span.end
        if sums.count == Self.sketches.full {
            close()
            sums.clear()
        }
    }

    /// What was found, in order of time.
    mutating func finished() -> [Caption] {
        for caption in shown { keep(caption) }
        shown = []
        return found.sorted { $0.span.start < $1.span.start }
    }

    // MARK: Windows

    private struct Window: Sendable {
        let sums: SlopeSums
        let span: TimeRange
        let shot: Int
        let standing: [Float]
        /// Since when each edge stands, in seconds.
        let since: [Float]

        func has(_ edge: Edge) -> Bool { sums.has(edge.slope, at: edge.place) }
        /// Whether it is there, or may have moved there with the picture: in two windows, one hundredth of it.
        func mayHave(_ edge: Edge) -> Bool {
            sums.has(edge.slope, near: edge.place, within: max(max(sums.width, sums.height) / 100, 2))
        }
    }

    fileprivate struct Edge: Sendable {
        var place: Int
        var slope: Float
    }

    /// A caption that is being followed.
    private struct Shown: Sendable {
        var span: TimeRange
        let letters: Letters
        /// Windows that it was seen in.
        var seen = 1
        var missed = 0
    }

    private mutating func close() {
        windows += 1
        let standing = sums.standing
        let before = recent.last
        var since = [Float](repeating: Float(span.start), count: standing.count)
        if let before {
            for place in since.indices where standing[place] != 0 && before.standing[place] * standing[place] > 0 {
                since[place] = before.since[place]
            }
        }
        let window = Window(sums: sums, span: span, shot: shot, standing: standing, since: since)
        follow(window)
        var owned = [Bool](repeating: false, count: standing.count)
        for caption in shown { for edge in caption.letters.edges { owned[edge.place] = true } }
        if let before, recent.count == 2, recent[0].shot == shot {
            let earlier = recent[0]
            for letters in letters(standing, owned, { !earlier.mayHave($0) }) {
                shown.append(Shown(span: TimeRange(start: before.span.start, end: span.end), letters: letters))
            }
            for letters in letters(earlier.standing, owned, { !window.mayHave($0) }) {
                let start = letters.start(earlier.since)
                let seen = start < earlier.span.start ? 2 : 1
                keep(Shown(span: TimeRange(start: start, end: before.span.start), letters: letters, seen: seen))
            }
        } else if let before, before.shot != shot {
            for letters in letters(standing, owned, { before.has($0) }) {
                shown.append(
                    Shown(span: TimeRange(start: letters.start(since), end: span.end), letters: letters, seen: 2))
            }
        }
        for caption in shown where caption.missed > Self.misses { keep(caption) }
        shown.removeAll { $0.missed > Self.misses }
        recent.append(window)
        if recent.count > 2 { recent.removeFirst() }
    }

    private mutating func follow(_ window: Window) {
        for place in shown.indices {
            let edges = shown[place].letters.edges
            let there = edges.count { window.has($0) }
            if Double(there) >= Self.stays * Double(edges.count) {
                shown[place].span.end = window.span.end
                shown[place].missed = 0
                shown[place].seen += 1
            } else {
                shown[place].missed += 1
            }
        }
    }

    /// What stood for one window only may have moved there.
    private mutating func keep(_ caption: Shown) {
        guard caption.seen > 1 else { return }
        let new = Caption(span: caption.span, place: caption.letters.area, rows: caption.letters.rows)
        let same = found.lastIndex {
            $0.place.overlap(with: new.place) >= 0.5 && $0.span.end + Self.pause >= new.span.start
                && new.span.end + Self.pause >= $0.span.start
        }
        guard let same else { return found.append(new) }
        found[same].span.start = min(found[same].span.start, new.span.start)
        found[same].span.end = max(found[same].span.end, new.span.end)
        found[same].rows = max(found[same].rows, new.rows)
    }

    // MARK: Letters

    /// Edges that lie together as those of letters do.
    private struct Letters: Sendable {
        let edges: [Edge]
        let area: PictureArea
        let rows: Int

        /// When they came, as the middle one of them tells.
        func start(_ since: [Float]) -> Double {
            let times = edges.map { since[$0.place] }.sorted()
            return Double(times[times.count / 2])
        }
    }

    /// Groups of letters that appear together, at most.
    private static let groups = 6
    /// Measured with `tools/bench captions`: by these none of 70 films without lettering had any, and 64 of 67 had theirs where
    /// it was there for three seconds or more.
    ///
    /// Rows that go across letters, at least; the most of the picture's height that they take; and how many other edges
    /// may be new or gone, of theirs.
    private static let rows = 4
    private static let height = 0.4
    private static let elsewhere = 0.5
    /// Levels from the sample before to the one after of an edge of letters, in the middle: they are drawn to be read.
    private static let steepness: Float = 32

    private func letters(_ slopes: [Float], _ owned: [Bool], _ isMeant: (Edge) -> Bool) -> [Letters] {
        var left = slopes
        for place in left.indices where left[place] != 0 {
            if owned[place] || !isMeant(Edge(place: place, slope: left[place])) { left[place] = 0 }
        }
        var groups: [Letters] = []
        var steepness: Float?
        while groups.count < Self.groups {
            let cluster = StrokeCluster(left, width: sums.width, height: sums.height)
            guard let area = cluster.place, cluster.rows >= Self.rows, area.bottom - area.top <= Self.height else {
                break
            }
            let edges = take(area, from: &left)
            let slopes = edges.map { abs($0.slope) }.sorted()
            guard !slopes.isEmpty, slopes[slopes.count / 2] >= Self.steepness else { break }
            steepness = min(steepness ?? .infinity, slopes[slopes.count / 2])
            groups.append(Letters(edges: edges, area: lines(of: edges) ?? area, rows: cluster.rows))
        }
        guard let steepness else { return [] }
        let within = groups.reduce(0) { $0 + $1.edges.count }
        let beyond = left.count { abs($0) >= steepness / 2 }
        return Double(beyond) <= Self.elsewhere * Double(within) ? groups : []
    }

    /// The edges within an area, which are no longer left then.
    private func take(_ area: PictureArea, from left: inout [Float]) -> [Edge] {
        var edges: [Edge] = []
        for y in Int(area.top * Double(sums.height))..<Int((area.bottom * Double(sums.height)).rounded(.up)) {
            for x in Int(area.left * Double(sums.width))..<Int((area.right * Double(sums.width)).rounded(.up)) {
                let place = y * sums.width + x
                guard left[place] != 0 else { continue }
                edges.append(Edge(place: place, slope: left[place]))
                left[place] = 0
            }
        }
        return edges
    }

    /// Where the rows are that go across letters: a stray edge beside them is none of theirs.
    private func lines(of edges: [Edge]) -> PictureArea? {
        var rows: [Int: [Edge]] = [:]
        for edge in edges { rows[edge.place / sums.width, default: []].append(edge) }
        let lines = rows.filter { $0.value.turns >= StrokeCluster.turns }
        let columns = lines.values.joined().map { $0.place % sums.width }
        guard let top = lines.keys.min(), let bottom = lines.keys.max(), let left = columns.min(),
            let right = columns.max()
        else { return nil }
        return PictureArea(
            left: Double(left) / Double(sums.width), top: Double(top) / Double(sums.height),
            right: Double(right + 1) / Double(sums.width), bottom: Double(bottom + 1) / Double(sums.height))
    }
}

extension [CaptionSearch.Edge] {
    /// How often those of one row turn from rising to falling and back.
    fileprivate var turns: Int {
        zip(self, dropFirst()).count { ($0.0.slope > 0) != ($0.1.slope > 0) }
    }
}

extension PictureArea {
    /// The share of the smaller one that both cover.
    fileprivate func overlap(with other: PictureArea) -> Double {
        let width = min(right, other.right) - max(left, other.left)
        let height = min(bottom, other.bottom) - max(top, other.top)
        let least = min((right - left) * (bottom - top), (other.right - other.left) * (other.bottom - other.top))
        return width > 0 && height > 0 && least > 0 ? width * height / least : 0
    }
}
