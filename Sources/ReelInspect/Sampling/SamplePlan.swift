internal import ReelModel

/// Which parts of a film a quick look takes: its first and its last seconds, some spans between them, and key frames
/// between these. Each part begins at a key frame, so that it may be longer than was wanted.
struct SamplePlan {
    /// Seconds at either end.
    static let edge = 3.0
    /// Spans between the ends, evenly spread, and the seconds of each.
    static let inner = 6
    static let length = 2.0
    /// Key frames alone, evenly spread.
    static let keyFrames = 30
    /// Where the parts would be more of the film than this, it is decoded whole.
    static let worth = 0.5

    /// A part: where reading begins, at a key frame, and where it may end. The last one ends with the film.
    struct Part: Hashable {
        /// What is sought, in seconds of the presentation, to get to the key frame.
        var target: Double
        var key: Double
        /// `nil`: at the end of the film.
        var end: Double?
    }

    /// In order of time, none overlapping another.
    private(set) var parts: [Part] = []
    /// Key frames outside the parts, to be decoded alone.
    private(set) var alone: [Part] = []

    /// The spans that are wanted of a film of that length, in order; `nil` where it is decoded whole.
    static func wanted(of duration: Double) -> [ClosedRange<Double>]? {
        guard 2 * edge + Double(inner) * length <= worth * duration else { return nil }
        let middle = (1...inner).map { number in
            let center = duration * Double(number) / Double(inner + 1)
            return center - length / 2...center + length / 2
        }
        return [0...edge] + middle + [duration - edge...duration]
    }

    /// - Parameter key: when the key frame is shown at which reading begins where that time is sought; `nil` where there
    ///   is none.
    /// - Returns: `nil` where the film is decoded whole: it is short, its key frames are far apart, or it cannot be sought in.
    init?<E: Error>(of duration: Double, key: (Double) throws(E) -> Double?) throws(E) {
        guard let spans = Self.wanted(of: duration) else { return nil }
        for (place, span) in spans.enumerated() {
            // What cannot be got at is looked at with all the rest.
            guard let key = try key(span.lowerBound) else { return nil }
            guard key <= span.upperBound else { continue }
            let end = place == spans.count - 1 ? nil : span.upperBound
            if let last = parts.indices.last, let lastEnd = parts[last].end, key <= lastEnd {
                parts[last].end = end
            } else {
                parts.append(Part(target: span.lowerBound, key: key, end: end))
            }
        }
        let seconds = parts.reduce(0) { $0 + ($1.end ?? duration) - $1.key }
        // Without its end a film's length is a promise.
        guard parts.first?.target == 0, parts.last?.end == nil, seconds <= Self.worth * duration else { return nil }
        for number in 0..<Self.keyFrames {
            let target = duration * (Double(number) + 0.5) / Double(Self.keyFrames)
            guard let key = try key(target), key > (alone.last?.key ?? -.infinity) else { continue }
            let isSeen = parts.contains { key >= $0.key && key <= ($0.end ?? .infinity) }
            if !isSeen { alone.append(Part(target: target, key: key, end: key)) }
        }
    }
}
