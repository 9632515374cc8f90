internal import ReelModel

/// What follows what on the screen or from the loudspeaker: gaps, overlaps, the slowest and the quickest succession.
/// Packets come in the order of the file and are put in order in flat memory.
struct PresentedSpans {
    /// How many packets are held back to put them in order: H.264 and HEVC hold back 16 at most.
    private static let window = 32
    /// Seconds that a gap has to be longer than.
    private static let leastGap = 0.1

    private struct Shown {
        var time: Int64
        var duration: Int64
    }

    let isPicture: Bool
    /// Whether what is shown stays until the next, so that there are no gaps.
    let lastsUntilNext: Bool
    /// Seconds of one tick.
    let tick: Double
    private var waiting: [Shown] = []
    private var last: Shown?
    /// The latest end so far, of sound.
    private var end: Int64 = .min
    /// The usual distance, as the mean of those that are no gap.
    private var distances = 0.0
    private var distanceCount = 0
    /// Of pictures that are not due at once.
    private(set) var shortest: Int64 = .max
    private(set) var longest: Int64 = .min
    private(set) var first: Int64?
    private(set) var count = 0
    /// The longest, in ticks.
    var gaps: [Range<Int64>] { longestGaps.strongest }
    private(set) var gapCount = 0
    var overlaps: [Range<Int64>] { longestOverlaps.strongest }
    private(set) var overlapCount = 0
    private var longestGaps = Self.longest
    private var longestOverlaps = Self.longest
    private static var longest: StrongestEntries<Range<Int64>> {
        StrongestEntries(limit: PacketFacts.limit) { Double($0.upperBound) - Double($0.lowerBound) }
    }

    init(isPicture: Bool, lastsUntilNext: Bool, tick: Double) {
        self.isPicture = isPicture
        self.lastsUntilNext = lastsUntilNext
        self.tick = tick
        waiting.reserveCapacity(Self.window + 1)
    }

    mutating func add(_ time: Int64, duration: Int64) {
        let place = waiting.lastIndex { $0.time <= time }.map { $0 + 1 } ?? 0
        waiting.insert(Shown(time: time, duration: max(duration, 0)), at: place)
        if waiting.count > Self.window { takeFirst() }
    }

    /// Takes what is still held back.
    mutating func finish() {
        while !waiting.isEmpty { takeFirst() }
    }

    private mutating func takeFirst() {
        // A picture's duration in a container is its distance in the order of decoding: near it, it may be another's.
        let reach = isPicture ? max(waiting.reduce(0) { max($0, $1.duration) }, last?.duration ?? 0) : 0
        let next = waiting.removeFirst()
        defer {
            last = next
            end = max(end, next.time.clamped(plus: next.duration))
            count += 1
        }
        guard let last else {
            first = next.time
            return
        }
        let distance = next.time.clamped(minus: last.time)
        if distance > 0 { shortest = min(shortest, distance) }
        longest = max(longest, distance)
        let usual = distanceCount > 0 ? max(distances / Double(distanceCount), 1) : Double(max(last.duration, 1))
        let covered = isPicture ? reach : max(end.clamped(minus: last.time), last.duration)
        // Where packets do not say how long they last, each lasts as long as is usual.
        let missing = Double(distance) - (covered > 0 ? Double(covered) : usual)
        if !lastsUntilNext, missing > 2 * usual, missing * tick > Self.leastGap {
            let length = Int64(min(missing, 0x1p62).rounded())
            longestGaps.add(next.time.clamped(minus: length)..<next.time)
            gapCount += 1
        } else {
            distances += Double(distance)
            distanceCount += 1
            noteOverlap(next, usual: usual)
        }
    }

    /// Two pictures overlap where they are due at once; blocks of sound where the one before is not over by half a block.
    private mutating func noteOverlap(_ next: Shown, usual: Double) {
        guard let last else { return }
        if isPicture {
            if next.time == last.time {
                noteOverlap(next.time..<next.time.clamped(plus: Int64(max(min(usual, 0x1p62), 0))))
            }
        } else if end > next.time, Double(end.clamped(minus: next.time)) > usual / 2, last.duration > 0 {
            noteOverlap(next.time..<end)
        }
    }

    private mutating func noteOverlap(_ span: Range<Int64>) {
        longestOverlaps.add(span)
        overlapCount += 1
    }
}
