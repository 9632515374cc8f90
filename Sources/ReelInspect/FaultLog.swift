internal import ReelMedia
internal import ReelModel

/// What went wrong while a file was read and decoded. What one packet is blamed for is one fault, told by its first
/// words.
struct FaultLog: Sendable {
    /// More faults than this are counted but forgotten.
    private static let kept = 4096

    private struct Place: Hashable {
        var stream: Int?
        var stamp: Int64?
    }

    private var faults: [DecodeFault] = []
    private var seen: Set<Place> = []
    /// Lines of each stream since its last failure, which they explain.
    private var unclaimed: [Int?: Int] = [:]
    private(set) var count = 0

    /// The libraries' lines about one stream, or about the file.
    /// - Parameters:
    ///   - stamp: where a line does not say which packet it is about.
    ///   - seconds: makes a time of a stamp.
    mutating func add(
        _ lines: [LoggedLine], stream: Int?, at stamp: Int64? = nil, _ seconds: (Int64) -> Double
    ) {
        unclaimed[stream, default: 0] += lines.count
        for line in lines {
            record(line.text, Place(stream: stream, stamp: line.time ?? stamp), seconds)
        }
    }

    /// A call that failed. The lines that were logged before it tell the same better, where there were any: with several
    /// decoding threads it comes some packets after them.
    mutating func add(
        _ failure: Failure, stream: Int?, at stamp: Int64?, _ seconds: (Int64) -> Double
    ) {
        defer { unclaimed[stream] = 0 }
        guard unclaimed[stream, default: 0] == 0 else { return }
        record(failure.problem, Place(stream: stream, stamp: stamp), seconds)
    }

    /// A frame that came out damaged.
    mutating func addCorrupt(stream: Int, at stamp: Int64?, _ seconds: (Int64) -> Double) {
        record("the decoder marks this frame as damaged", Place(stream: stream, stamp: stamp), seconds)
    }

    /// A picture of which a part was never written.
    mutating func addUndecoded(stream: Int, at stamp: Int64?, _ seconds: (Int64) -> Double) {
        record("a part of this picture was not decoded", Place(stream: stream, stamp: stamp), seconds)
    }

    /// Something that is wrong with a stream as a whole, or with the file.
    mutating func add(_ message: String, stream: Int?, seconds: Double?) {
        count += 1
        if faults.count < Self.kept { faults.append(DecodeFault(stream: stream, time: seconds, message: message)) }
    }

    private mutating func record(_ message: String, _ place: Place, _ seconds: (Int64) -> Double) {
        if place.stamp != nil, seen.count < Self.kept, !seen.insert(place).inserted { return }
        add(message, stream: place.stream, seconds: place.stamp.map(seconds))
    }

    /// In order of time, those without one last; the first `Measured.faultLimit`.
    var firstFaults: [DecodeFault] {
        let ordered = faults.sorted {
            ($0.time ?? .infinity, $0.stream ?? -1, $0.message) < ($1.time ?? .infinity, $1.stream ?? -1, $1.message)
        }
        return Array(ordered.prefix(Measured.faultLimit))
    }
}
