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
    }

    /// Places of packets that are copied; with the exception of those that are shown before the first of them.
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

    /// - Parameters:
    ///   - packets: of the whole stream.
    ///   - start: the first time that is kept.
    ///   - end: the first time behind it that is not.
    /// - Returns: `nil` where nothing can be copied.
    init?(_ packets: [Packet], from start: Int64, to end: Int64) {
        // What is shown before an entry but stands behind it needs what came before.
        var earliest = Int64.max
        var isClosed = [Bool](repeating: false, count: packets.count)
        for place in packets.indices.reversed() {
            isClosed[place] = packets[place].isEntry && packets[place].time <= earliest
            earliest = min(earliest, packets[place].time)
        }
        let kept = packets.filter { $0.time >= start && $0.time < end }
        guard let first = kept.map(\.time).min(),
            let entry = packets.indices.first(where: { packets[$0].isEntry && packets[$0].time >= first }),
            packets[entry].time < end
        else { return nil }
        // As far as the packets from there on are all kept, in the order of the file.
        var stop = entry
        for place in entry..<packets.count where packets[place].time < end {
            stop = place + 1
        }
        let isWhole = (entry..<stop).allSatisfy { packets[$0].time < end }
        if !isWhole {
            guard let last = packets.indices.last(where: { isClosed[$0] && packets[$0].time < end && $0 > entry })
            else {
                return nil
            }
            stop = last
        }
        copied = entry..<stop
        head = first..<packets[entry].time
        tail = isWhole ? end..<end : packets[stop].time..<end
        // Whatever is copied is kept, and nothing behind it refers to what is left out.
        guard packets[copied].allSatisfy({ $0.time < end }) else { return nil }
    }
}
