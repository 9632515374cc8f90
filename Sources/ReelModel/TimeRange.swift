/// A span of presentation time, in seconds from the start of the file; `end` is exclusive.
public struct TimeRange: Sendable, Hashable, Codable {
    public var start: Double
    public var end: Double

    public init(start: Double, end: Double) {
        self.start = start
        self.end = end
    }

    public var duration: Double { end - start }

    /// Whether it lasts that many seconds. Times come from decimal fractions of a second: exactly that long counts.
    public func isAtLeast(_ seconds: Double) -> Bool { duration >= seconds - 1e-6 }
}
