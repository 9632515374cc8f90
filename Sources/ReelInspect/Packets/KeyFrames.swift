internal import ReelModel

/// Where decoding can begin in a stream of pictures, and whether that is a clean beginning.
struct KeyFrames {
    /// What a stream can begin with.
    enum Beginning {
        /// What the container marks.
        case mark
        /// H.264: an IDR picture; after others some may be missing that are not told.
        case idr
        /// HEVC: any picture of random access, where none that lead it are cut off.
        case random
    }

    let rules: Beginning
    private(set) var count = 0
    private var lastKey: Int64?
    private var lastIsClean = false
    private var shortest: Int64 = .max
    private var longest: Int64 = .min
    private var sum = 0.0
    private var intervals = 0
    private var pictures = 0
    private var first: PacketReading.Entry?
    private var firstIsKey = false
    private var firstLacksLeaders = false
    private var sawOpenGroup = false
    private var lacksTimes = false

    init(_ rules: Beginning) { self.rules = rules }

    /// - Parameters:
    ///   - time: when it is shown; `nil` where that is not known.
    ///   - isKey: by the container's mark.
    mutating func add(_ time: Int64?, isKey: Bool, _ entry: PacketReading.Entry?) {
        defer { pictures += 1 }
        if pictures == 0 {
            first = entry
            firstIsKey = isKey
        }
        if entry == .leading {
            sawOpenGroup = true
            if count == 1 { firstLacksLeaders = true }
        }
        if isKey {
            addKey(time)
            lastIsClean = entry == .clean
            // A key frame that is no intra picture: a refresh that runs across several pictures.
            if rules == .idr, entry == PacketReading.Entry.none { sawOpenGroup = true }
        } else if let time, let lastKey {
            if time < lastKey, !lastIsClean { sawOpenGroup = true }
        } else if time == nil {
            lacksTimes = true
        }
    }

    private mutating func addKey(_ time: Int64?) {
        count += 1
        guard let time else {
            lacksTimes = true
            return
        }
        if let lastKey { addInterval(time.clamped(minus: lastKey)) }
        lastKey = time
    }

    private mutating func addInterval(_ distance: Int64) {
        shortest = min(shortest, distance)
        longest = max(longest, distance)
        sum += Double(distance)
        intervals += 1
    }

    private var begins: Bool? {
        switch rules {
        case .mark: firstIsKey
        case .idr: first.map { $0 == .clean }
        case .random: first.map { $0 == .clean || $0 == .open && !firstLacksLeaders }
        }
    }

    /// - Parameters:
    ///   - end: where the stream ends, in ticks.
    ///   - tick: seconds of one.
    func complete(_ facts: inout PacketFacts, end: Int64?, tick: Double) {
        facts.keyFrames = count
        var whole = self
        if let lastKey, let end, end > lastKey { whole.addInterval(end.clamped(minus: lastKey)) }
        if whole.intervals > 0 {
            facts.keyFrameIntervals = .known(
                PacketFacts.Intervals(
                    shortest: Double(whole.shortest) * tick, mean: whole.sum / Double(whole.intervals) * tick,
                    longest: Double(whole.longest) * tick))
        } else if count > 0 {
            facts.keyFrameIntervals = .unknown("the key frames have no times")
        }
        if pictures > 0, let begins { facts.startsWithKeyFrame = .known(begins) }
        if sawOpenGroup {
            facts.closedGroups = .known(false)
        } else if count == 0 || lacksTimes {
            facts.closedGroups = .unknown(count == 0 ? "there is no key frame" : "the pictures have no times")
        } else {
            facts.closedGroups = .known(true)
        }
    }
}
