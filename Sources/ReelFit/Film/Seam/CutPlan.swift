internal import ReelModel

/// Which packets of a picture's stream can be copied into a part of it that begins and ends at any frame, and which
/// frames have to be coded anew. A value, without I/O.
struct CutPlan: Sendable, Hashable {
    /// One packet, in the order of the file.
    struct Packet: Sendable, Hashable {
        /// When it is shown, in the stream's time base.
        var time: Int64
        var bytes: Int
        /// Whether decoding can begin with it, whatever came before.
        var isEntry: Bool
        /// Whether it is shown before the entry that it stands behind, and nothing that is shown later refers to it.
        var isLeading = false
    }

    /// Places of packets that are copied; with the exception of those that are shown before the first of them, which
    /// may need what came before.
    var copied: Range<Int>
    /// Times of the frames before them that are coded anew; it may be empty.
    var head: Range<Int64>
    /// The same behind them.
    var tail: Range<Int64>

    /// The first time behind what is kept, where every frame that is kept has to end by a limit; one frame is kept in
    /// any case.
    /// - Parameter lasting: how long the last frame is shown.
    static func end(
        _ packets: [Packet], from start: Int64, to end: Int64, by limit: Int64, lasting: Int64
    ) -> Int64 {
        let kept = packets.map(\.time).filter { $0 >= start && $0 < end }.sorted()
        return kept.dropFirst().first { $0.saturatingAdd(lasting) > limit } ?? end
    }

    /// How many packets stand at most before one that is shown earlier.
    static func delay(_ packets: [Packet]) -> Int {
        var ranks: [Int64: Int] = [:]
        for (rank, time) in packets.map(\.time).sorted().enumerated() { ranks[time] = rank }
        return packets.enumerated().lazy.map { $0 - (ranks[$1.time] ?? $0) }.max() ?? 0
    }

    /// - Parameters:
    ///   - packets: of the whole stream.
    ///   - start: the first time that is kept.
    ///   - end: the first time behind it that is not.
    /// - Returns: `nil` where nothing can be copied.
    init?(_ packets: [Packet], from start: Int64, to end: Int64) {
        // What is shown before an entry but stands behind it needs what came before.
        var earliest = [Int64](repeating: .max, count: packets.count + 1)
        var isClosed = [Bool](repeating: false, count: packets.count)
        var earliestReferred = Int64.max
        for place in packets.indices.reversed() {
            let packet = packets[place]
            isClosed[place] = packet.isEntry && packet.time <= earliestReferred
            earliest[place] = min(earliest[place + 1], packet.time)
            if !packet.isLeading { earliestReferred = min(earliestReferred, packet.time) }
        }
        let kept = packets.filter { $0.time >= start && $0.time < end }
        guard let first = kept.map(\.time).min(),
            let entry = packets.indices.first(where: { isClosed[$0] && packets[$0].time >= first }),
            packets[entry].time < end
        else { return nil }
        // As far as the packets from there on are all kept, in the order of the file.
        var stop = entry
        for place in entry..<packets.count where packets[place].time < end {
            stop = place + 1
        }
        let isCopied = packets.indices.map { $0 >= entry && packets[$0].time >= packets[entry].time }
        let isWhole = (entry..<stop).allSatisfy { !isCopied[$0] || packets[$0].time < end }
        if !isWhole {
            // Up to an entry before which nothing is shown that stands behind it, but what is coded anew with it.
            var latest = Int64.min
            var last: Int?
            for place in entry..<stop {
                if place > entry, packets[place].isEntry, packets[place].time < end, latest < earliest[place] {
                    last = place
                }
                if isCopied[place] { latest = max(latest, packets[place].time) }
            }
            guard let last else { return nil }
            stop = last
        }
        copied = entry..<stop
        head = first..<packets[entry].time
        tail = isWhole ? end..<end : earliest[stop]..<end
        // Whatever is copied is kept, and nothing behind it refers to what is left out.
        guard copied.allSatisfy({ !isCopied[$0] || packets[$0].time < end }) else { return nil }
    }
}
