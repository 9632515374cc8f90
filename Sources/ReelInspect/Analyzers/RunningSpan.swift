internal import ReelModel

/// A span that is still going on: it lasts until the picture that no longer has what it is about.
struct RunningSpan: Sendable {
    private(set) var span: TimeRange?

    mutating func extend(over picture: TimeRange) {
        span = TimeRange(start: span?.start ?? picture.start, end: picture.end)
    }

    /// The span, ended by a picture that begins then.
    mutating func end(at start: Double) -> TimeRange? {
        defer { span = nil }
        return span.map { TimeRange(start: $0.start, end: max(start, $0.start)) }
    }

    /// The span, ended by the end of the file.
    mutating func end() -> TimeRange? {
        defer { span = nil }
        return span
    }
}
