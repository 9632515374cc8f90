/// A span of a film whose pictures are fewer than its frames, and spread over them evenly: 24 pictures a second in 30 frames
/// show one of four twice.
public struct SteadyRepeats: Sendable, Hashable, Codable {
    public var span: TimeRange
    /// For how many frames each picture is shown, one after the other, until that begins anew: `[2]`, `[1, 1, 1, 2]`, `[2, 3]`.
    public var pattern: [Int]
    /// Different pictures a second.
    public var pictureRate: Double

    public init(span: TimeRange, pattern: [Int], pictureRate: Double) {
        self.span = span
        self.pattern = pattern
        self.pictureRate = pictureRate
    }

    /// Frames until the pattern begins anew.
    public var period: Int { pattern.reduce(0, +) }
    /// Frames a second, repeats among them.
    public var frameRate: Double { pattern.isEmpty ? 0 : pictureRate * Double(period) / Double(pattern.count) }
}
