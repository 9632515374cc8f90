/// What was ordered for one file. Only what is present is asked for.
public struct Expectation: Sendable, Hashable {
    public enum Origin: String, Sendable, Hashable {
        /// Said on the command line, or by the caller.
        case options
        /// Taken from the draft that was rendered.
        case draft
    }

    public var codec: String?
    /// As displayed.
    public var size: Size?
    /// Seconds.
    public var duration: Double?
    /// Seconds by which a duration may differ; where it is not said, one frame.
    public var tolerance: Double?
    /// Whether there has to be sound.
    public var audio: Bool?
    public var origin: Origin

    public init(
        codec: String? = nil, size: Size? = nil, duration: Double? = nil, tolerance: Double? = nil, audio: Bool? = nil,
        origin: Origin = .options
    ) {
        self.codec = codec
        self.size = size
        self.duration = duration
        self.tolerance = tolerance
        self.audio = audio
        self.origin = origin
    }

    /// What a draft orders: H.264, its canvas, its length, and sound where it has a track of sound.
    public init(draft: Draft) {
        self.init(
            codec: "h264", size: draft.canvas.value, duration: draft.duration.value.map { Double($0) / 1000 },
            audio: draft.tracks.contains { $0.kind == .audio && !$0.segments.isEmpty } ? true : nil, origin: .draft)
    }

    /// This, with what it leaves open taken from another.
    public func completed(by other: Expectation) -> Expectation {
        var whole = self
        whole.codec = codec ?? other.codec
        whole.size = size ?? other.size
        whole.duration = duration ?? other.duration
        whole.tolerance = tolerance ?? other.tolerance
        whole.audio = audio ?? other.audio
        return whole
    }
}
