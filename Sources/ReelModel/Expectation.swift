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
    /// Frames per second.
    public var frameRate: Double?
    /// Whether there has to be sound, or must not be.
    public var audio: Bool?
    /// Seconds that the draft lasts, whoever else said a duration: what was sent.
    public var draftDuration: Double?
    /// What the draft lays on its tracks of sound.
    public var sounds: [OrderedSegment]
    /// The words that it lays over the picture, in order of time.
    public var titles: [OrderedSegment]
    public var origin: Origin

    public init(
        codec: String? = nil, size: Size? = nil, duration: Double? = nil, tolerance: Double? = nil,
        frameRate: Double? = nil, audio: Bool? = nil, draftDuration: Double? = nil, sounds: [OrderedSegment] = [],
        titles: [OrderedSegment] = [], origin: Origin = .options
    ) {
        self.codec = codec
        self.size = size
        self.duration = duration
        self.tolerance = tolerance
        self.frameRate = frameRate
        self.audio = audio
        self.draftDuration = draftDuration
        self.sounds = sounds
        self.titles = titles
        self.origin = origin
    }

    /// What a draft orders: H.264, its canvas, its length (the end of its last segment), sound where it has a track of
    /// sound that can be heard, and its titles.
    public init(draft: Draft) {
        let duration = draft.duration.value.map { Double($0) / 1000 }
        let sounds = draft.tracks.filter { $0.kind == .audio }.flatMap(\.segments).compactMap(OrderedSegment.init)
        self.init(
            codec: "h264", size: draft.canvas.value, duration: duration,
            audio: draft.tracks.contains { $0.kind == .audio && !$0.segments.isEmpty } ? true : nil,
            draftDuration: duration, sounds: sounds, titles: OrderedSegment.titles(of: draft), origin: .draft)
    }

    /// Whether nothing is asked for. A tolerance alone asks for nothing.
    public var isEmpty: Bool {
        codec == nil && size == nil && duration == nil && frameRate == nil && audio == nil && sounds.isEmpty
            && titles.isEmpty
    }

    /// This, with what it leaves open taken from another.
    public func completed(by other: Expectation) -> Expectation {
        var whole = self
        whole.codec = codec ?? other.codec
        whole.size = size ?? other.size
        whole.duration = duration ?? other.duration
        whole.tolerance = tolerance ?? other.tolerance
        whole.frameRate = frameRate ?? other.frameRate
        whole.audio = audio ?? other.audio
        whole.draftDuration = draftDuration ?? other.draftDuration
        // Who wants no sound does not want the draft's.
        if sounds.isEmpty, whole.audio != false { whole.sounds = other.sounds }
        if titles.isEmpty { whole.titles = other.titles }
        return whole
    }
}

/// One segment that a draft orders, by name and place.
public struct OrderedSegment: Sendable, Hashable {
    public var name: String
    /// Seconds on the timeline.
    public var span: TimeRange

    public init(name: String, span: TimeRange) {
        self.name = name
        self.span = span
    }

    /// `nil` of a segment without a length, and of one that is turned down to nothing.
    init?(_ segment: Draft.Segment) {
        guard let end = segment.end, end > segment.start, segment.volume != 0 else { return nil }
        self.init(
            name: segment.name ?? segment.text ?? "untitled",
            span: TimeRange(start: Double(segment.start) / 1000, end: Double(end) / 1000))
    }

    /// Titles with words, in order of time. The same words again where they end are one title.
    static func titles(of draft: Draft) -> [OrderedSegment] {
        var titles: [OrderedSegment] = []
        for segment in draft.tracks.filter({ $0.kind == .text }).flatMap(\.segments).sorted(by: { $0.start < $1.start })
        {
            guard let text = segment.text ?? segment.name, text.contains(where: { !$0.isWhitespace }),
                let placed = OrderedSegment(segment)
            else { continue }
            let title = OrderedSegment(name: text, span: placed.span)
            if let before = titles.lastIndex(where: { $0.name == text && $0.span.end >= title.span.start - 0.2 }) {
                titles[before].span.end = max(titles[before].span.end, title.span.end)
            } else {
                titles.append(title)
            }
        }
        return titles
    }
}
