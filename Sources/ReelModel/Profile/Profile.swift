/// What a destination accepts, as data: every limit with its strength, its source and the date of that source.
/// A limit that is absent is not known to exist; it does not mean "unlimited".
@dynamicMemberLookup
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

    /// What is known of it. A profile's members are these.
    public struct Content: Sendable, Hashable {
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
        @usableFromInline var limits: [String: [Limit<LimitFigure>]] = Dictionary(minimumCapacity: 12)

        init(name: String, title: String, use: Use, summary: String, sources: [String: Source]) {
            self.name = name
            self.title = title
            self.use = use
            self.summary = summary
            self.sources = sources
        }
    }

    /// Shared by all copies until one of them is changed: every rule is handed the profile, and to copy each member
    /// for it takes longer than most rules do. Never changed while it is shared, and so sendable.
    @usableFromInline final class Storage: @unchecked Sendable {
        @usableFromInline var content: Content

        @usableFromInline init(_ content: Content) { self.content = content }
    }

    @usableFromInline var storage: Storage

    public init(name: String, title: String, use: Use, summary: String, sources: [String: Source]) {
        storage = Storage(Content(name: name, title: title, use: use, summary: summary, sources: sources))
    }

    @inlinable public subscript<Member>(dynamicMember path: WritableKeyPath<Content, Member>) -> Member {
        // Only where the path is known to the compiler does it become a mere load.
        @inline(__always) get { storage.content[keyPath: path] }
        @inline(__always) _modify {
            if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.content) }
            yield &storage.content[keyPath: path]
        }
    }

    public static func == (a: Profile, b: Profile) -> Bool { a.storage === b.storage || a.content == b.content }

    public func hash(into hasher: inout Hasher) { content.hash(into: &hasher) }

    private var content: Content { storage.content }

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
        get { content.limits[kind.name] ?? [] }
        set { self.limits[kind.name] = newValue.isEmpty ? nil : newValue }
    }

    /// All limits under a key, the widest first.
    @inlinable public subscript<Value: LimitValue>(all key: LimitKey<Value>) -> [Limit<Value>] {
        guard let limits = storage.content.limits[key.kind.name] else { return [] }
        var typed: [Limit<Value>] = []
        for limit in limits {
            if let limit: Limit<Value> = limit.typed() { typed.append(limit) }
        }
        return typed
    }

    /// The limit to keep: the closest of those whose breach is refused or risky, else the closest of all.
    @inlinable public subscript<Value: LimitValue>(key: LimitKey<Value>) -> Limit<Value>? {
        get {
            guard let limits = storage.content.limits[key.kind.name] else { return nil }
            return (limits.last { $0.severity >= .risk } ?? limits.last)?.typed()
        }
        set { self[all: key.kind] = newValue.map { [$0.plain] } ?? [] }
    }

    public func has(_ kind: LimitKind) -> Bool { content.limits[kind.name] != nil }

    /// Kinds that it limits, in the order of `LimitKind.all`.
    public var limitedKinds: [LimitKind] { LimitKind.all.filter { has($0) } }

    /// The most bytes that the file itself may have; 0 where the form around it takes all of them.
    public var fileByteLimit: Int64? { maxBytes.map { max($0.value.saturatingAdd(-(content.envelopeBytes ?? 0)), 0) } }

    /// These limits, changed by one of its choices; `nil` where it has none of that name.
    public func choosing(_ name: String) -> Profile? {
        guard let chosen = content.choices[name] else { return nil }
        var profile = self
        profile.choice = name
        // What is found is told apart by this name, so one destination may be asked about under several choices.
        profile.name = "\(content.choice.map { self.name.replacing("@\($0)", with: "") } ?? self.name)@\(name)"
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
