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

    /// What kind of file a destination is meant for.
    public enum Medium: String, Sendable, Hashable, Codable, CaseIterable {
        case video, image, gif, audio, any
    }

    /// How well the limits are known, all in all.
    public enum Confidence: String, Sendable, Hashable, Codable, CaseIterable {
        case high, medium, low
    }

    public var name: String
    public var title: String
    public var use: Use
    public var summary: String
    /// Whose destination it is, as answers and runtime limits name it: `instagram`.
    public var platform: String?
    /// Which door of the platform.
    public var surface: String?
    public var medium: Medium = .any
    public var confidence: Confidence?
    /// When the limits were gathered (ISO 8601).
    public var asOf: String?
    /// Days after `asOf` in which the limits are relied on.
    public var shelfLife: Int?
    /// What there is to know besides.
    public var notes: [String] = []
    /// By id, as limits refer to them.
    public var sources: [String: Source]
    /// What the platform answers, by id, as limits refer to them.
    public var answers: [String: PlatformAnswer] = [:]
    /// What an account, a plan or a server changes: limits by the name of the choice.
    public var choices: [String: [String: [Limit<LimitFigure>]]] = [:]
    /// The choice that was made.
    public var choice: String?
    /// How rules are to be judged whose limits are this profile's choice, by rule id.
    public var checks: [String: Check] = [:]
    /// Bytes that the request adds to the file (multipart boundaries and headers).
    public var envelopeBytes: Int64?
    /// By the kind's name. Where there are several, each is closer than the one before it.
    private var limits: [String: [Limit<LimitFigure>]] = [:]

    public init(name: String, title: String, use: Use, summary: String, sources: [String: Source]) {
        self.name = name
        self.title = title
        self.use = use
        self.summary = summary
        self.sources = sources
    }

    public struct Source: Sendable, Hashable {
        /// How near to the platform it is.
        public enum Tier: String, Sendable, Hashable, Codable, CaseIterable {
            /// The platform's own page, specification or program.
            case official
            /// Somebody's dated transcription of it.
            case officialReading = "official_reading"
            /// Behaviour that was reported.
            case observed
            /// Somebody's table, not confirmed against the platform.
            case thirdParty = "third_party"
            /// Said by the user, or by the platform to the user.
            case user
        }

        public var title: String
        public var url: String?
        /// When it was read, or what it says of its own date.
        public var asOf: String
        public var tier: Tier

        public init(title: String, url: String?, asOf: String, tier: Tier = .official) {
            self.title = title
            self.url = url
            self.asOf = asOf
            self.tier = tier
        }

        /// The latest day (ISO 8601) that `asOf` speaks of; all of it where it speaks of none.
        public var date: String {
            // By hand: every finding asks, and a regular expression is compiled anew each time.
            let text = Array(asOf.utf8)
            var days: [String] = []
            var start = 0
            while start + Self.shape.count <= text.count {
                let piece = text[start..<start + Self.shape.count]
                if zip(piece, Self.shape).allSatisfy({ $1 == 0x30 ? (0x30...0x39).contains($0) : $0 == $1 }) {
                    days.append(String(decoding: piece, as: UTF8.self))
                    start += Self.shape.count
                } else {
                    start += 1
                }
            }
            return days.max() ?? asOf
        }

        /// A zero stands for any digit.
        private static let shape = Array("0000-00-00".utf8)
    }
}

// MARK: Limits

extension Profile {
    /// All limits of a kind, the widest first.
    public subscript(all kind: LimitKind) -> [Limit<LimitFigure>] {
        get { limits[kind.name] ?? [] }
        set { limits[kind.name] = newValue.isEmpty ? nil : newValue }
    }

    /// All limits under a key, the widest first.
    public subscript<Value>(all key: LimitKey<Value>) -> [Limit<Value>] {
        self[all: key.kind].compactMap { $0.typed() }
    }

    /// The limit to keep: the closest of those whose breach is refused or risky, else the closest of all.
    public subscript<Value>(key: LimitKey<Value>) -> Limit<Value>? {
        get {
            let all = self[all: key]
            return all.last { $0.severity >= .risk } ?? all.last
        }
        set { self[all: key.kind] = newValue.map { [$0.plain] } ?? [] }
    }

    public func has(_ kind: LimitKind) -> Bool { limits[kind.name] != nil }

    /// Kinds that it limits, in the order of `LimitKind.all`.
    public var limitedKinds: [LimitKind] { LimitKind.all.filter { has($0) } }

    /// The most bytes that the file itself may have; 0 where the form around it takes all of them.
    public var fileByteLimit: Int64? { maxBytes.map { max($0.value.saturatingAdd(-(envelopeBytes ?? 0)), 0) } }

    /// These limits, changed by one of its choices; `nil` where it has none of that name.
    public func choosing(_ name: String) -> Profile? {
        guard let chosen = choices[name] else { return nil }
        var profile = self
        profile.choice = name
        // What is found is told apart by this name, so one destination may be asked about under several choices.
        profile.name = "\(choice.map { self.name.replacing("@\($0)", with: "") } ?? self.name)@\(name)"
        for (kind, limits) in chosen {
            // What is answered stays the same where only the figure is another.
            let before = self.limits[kind]?.first { $0.code != nil }
            profile.limits[kind] = limits.map { limit in
                guard limit.code == nil else { return limit }
                var limit = limit
                limit.code = before?.code
                limit.answer = before?.answer
                return limit
            }
        }
        return profile
    }

    // The names that planners use most.
    public var types: Limit<[String]>? {
        get { self[.types] }
        set { self[.types] = newValue }
    }
    public var extensions: Limit<[String]>? {
        get { self[.extensions] }
        set { self[.extensions] = newValue }
    }
    public var preferredTypes: Limit<[String]>? {
        get { self[.preferredTypes] }
        set { self[.preferredTypes] = newValue }
    }
    public var maxBytes: Limit<Int64>? {
        get { self[.maxBytes] }
        set { self[.maxBytes] = newValue }
    }
    public var videoCodecs: Limit<[String]>? {
        get { self[.videoCodecs] }
        set { self[.videoCodecs] = newValue }
    }
    public var audioCodecs: Limit<[String]>? {
        get { self[.audioCodecs] }
        set { self[.audioCodecs] = newValue }
    }
    public var maxLongSide: Limit<Int>? {
        get { self[.maxLongSide] }
        set { self[.maxLongSide] = newValue }
    }
    public var maxShortSide: Limit<Int>? {
        get { self[.maxShortSide] }
        set { self[.maxShortSide] = newValue }
    }
    public var maxDuration: Limit<Double>? {
        get { self[.maxDuration] }
        set { self[.maxDuration] = newValue }
    }
    public var minDuration: Limit<Double>? {
        get { self[.minDuration] }
        set { self[.minDuration] = newValue }
    }
    public var indexFirst: Limit<Bool>? {
        get { self[.indexFirst] }
        set { self[.indexFirst] = newValue }
    }
    public var videoRequired: Limit<Bool>? {
        get { self[.videoRequired] }
        set { self[.videoRequired] = newValue }
    }
}
