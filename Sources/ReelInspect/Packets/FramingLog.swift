internal import ReelModel

/// Packets whose framing cannot be followed. Those that follow one another closely are one fault.
struct FramingLog {
    /// Places of one stream that are told; what lies behind is counted with the last.
    private static let kept = 50
    /// Packets between two broken ones that still make one place of them.
    private static let reach = 8

    private struct Place {
        var words: String
        var offset: Int64?
        var time: Double?
        var count: Int
        var last: Int
    }

    private var places: [Place] = []

    /// - Parameter packet: its number in its stream.
    mutating func add(
        _ fault: FramingFault, packet: Int, at offset: Int64?, time: @autoclosure () -> Double?
    ) {
        if let last = places.indices.last, packet - places[last].last <= Self.reach || places.count == Self.kept {
            places[last].count += 1
            places[last].last = packet
            return
        }
        places.append(Place(words: fault.words, offset: offset, time: time(), count: 1, last: packet))
    }

    func faults(of stream: Int) -> [StructureFault] {
        places.map { place in
            StructureFault(
                .brokenFraming, offset: place.offset, stream: stream, time: place.time,
                place.count == 1
                    ? "A packet cannot be followed: \(place.words)"
                    : "\(place.count) packets cannot be followed, of the first: \(place.words)")
        }
    }
}
