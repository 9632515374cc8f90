public import ReelModel

/// What is asked of a plan besides passing.
public struct PlanOptions: Sendable, Hashable {
    /// What to give up last where the bytes do not buy everything.
    public enum Preference: String, Sendable, Hashable, CaseIterable {
        /// A clean picture: fewer pixels, each with enough bits.
        case quality
        /// Every pixel, as long as there are bits for them at all.
        case resolution
        /// The least work: fewer pixels.
        case speed
    }

    /// Which part is kept of what lasts too long.
    public enum Keep: Sendable, Hashable {
        case start
        case middle
        case end
        /// This part, in seconds, whether or not the whole lasts too long.
        case span(TimeRange)
    }

    /// Of the result; the profile's own limit holds as well.
    public var maxBytes: Int64?
    /// Seconds; the profile's own limit holds as well.
    public var maxDuration: Double?
    public var prefer: Preference
    /// The constant rate factor of x264 below which no film is coded.
    public var ceiling: Double
    public var keep: Keep
    /// The shape that a film is brought to.
    public var reframing: Reframing?
    /// Decibels by which sound is made louder.
    public var gain: Double?
    /// The type that a film should have, where its streams can be copied into it and the destination takes it.
    public var container: FileType?
    /// Whether the result must not say where, by whom or with what it was made.
    public var dropsPrivate = false

    public init(
        maxBytes: Int64? = nil, maxDuration: Double? = nil, prefer: Preference = .quality,
        ceiling: Double = VideoTarget.transparent, keep: Keep = .start
    ) {
        self.maxBytes = maxBytes
        self.maxDuration = maxDuration
        self.prefer = prefer
        self.ceiling = ceiling
        self.keep = keep
    }
}
