/// What a destination accepts, as data: every limit with its strength, its source and the date of that source.
/// A limit that is absent is not known to exist; it does not mean "unlimited".
public struct Profile: Sendable, Hashable {
    /// What a profile is for.
    public enum Use: String, Sendable, Hashable, Codable, CaseIterable {
        /// A file that is sent to be worked on (gate 1).
        case upload
        /// A file that came back (gate 2).
        case delivery
        /// A file that is published.
        case publish
    }

    public var name: String
    public var title: String
    public var use: Use
    public var summary: String
    /// By id, as limits refer to them.
    public var sources: [String: Source]

    /// Ids of file types (`FileType.id`).
    public var types: Limit<[String]>?
    /// Extensions that a name may have, lower case; where it is absent, those of the accepted types.
    public var extensions: Limit<[String]>?
    /// Ids of the types that go most smoothly.
    public var preferredTypes: Limit<[String]>?
    /// Of the whole request where `envelopeBytes` is given, else of the file.
    public var maxBytes: Limit<Int64>?
    /// Bytes that the request adds to the file (multipart boundaries and headers).
    public var envelopeBytes: Int64?
    /// Short names (`VideoFacts.codec`).
    public var videoCodecs: Limit<[String]>?
    public var audioCodecs: Limit<[String]>?
    /// Pixels of the longer and of the shorter displayed side.
    public var maxLongSide: Limit<Int>?
    public var maxShortSide: Limit<Int>?
    /// Seconds.
    public var maxDuration: Limit<Double>?
    public var minDuration: Limit<Double>?
    /// Whether the index has to come before the media.
    public var indexFirst: Limit<Bool>?
    /// Whether there has to be a picture stream.
    public var videoRequired: Limit<Bool>?
    /// How rules are to be judged whose limits are this profile's choice, by rule id.
    public var checks: [String: Check] = [:]

    public init(name: String, title: String, use: Use, summary: String, sources: [String: Source]) {
        self.name = name
        self.title = title
        self.use = use
        self.summary = summary
        self.sources = sources
    }

    /// The most bytes that the file itself may have.
    public var fileByteLimit: Int64? { maxBytes.map { $0.value - (envelopeBytes ?? 0) } }

    public struct Source: Sendable, Hashable {
        public var title: String
        public var url: String?
        /// When it was read, or what it says of its own date.
        public var asOf: String

        public init(title: String, url: String?, asOf: String) {
            self.title = title
            self.url = url
            self.asOf = asOf
        }
    }
}

/// One limit of a profile.
public struct Limit<Value: Sendable & Hashable>: Sendable, Hashable {
    /// How firmly the source states it.
    public enum Strength: String, Sendable, Hashable, Codable, CaseIterable {
        /// A must, or an error code exists for it.
        case hard
        /// Advice.
        case recommended
    }

    /// What the destination does with a file that breaks it.
    public enum Effect: String, Sendable, Hashable, Codable, CaseIterable {
        case reject, scaled, cropped, converted, transcoded, letterboxed, ignored
        /// A documented requirement for which no refusal is confirmed.
        case unverified
    }

    public var value: Value
    public var strength: Strength
    public var effect: Effect?
    /// The destination's error code for breaking it.
    public var code: String?
    /// An id in the profile's sources.
    public var source: String
    public var note: String?

    public init(
        _ value: Value, strength: Strength, effect: Effect? = nil, code: String? = nil, source: String,
        note: String? = nil
    ) {
        self.value = value
        self.strength = strength
        self.effect = effect
        self.code = code
        self.source = source
        self.note = note
    }

    /// How bad breaking it is.
    public var severity: Severity {
        switch (effect, strength) {
        case (.scaled, _), (.cropped, _), (.converted, _), (.transcoded, _), (.letterboxed, _): .changed
        case (.ignored, _): .note
        case (.unverified, _), (nil, .recommended), (.reject, .recommended): .risk
        case (nil, .hard), (.reject, .hard): .reject
        }
    }
}
