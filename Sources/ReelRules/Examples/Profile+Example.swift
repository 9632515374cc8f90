package import ReelModel

extension Profile {
    /// A destination like nemo-upload, for examples; it does not change when the data does.
    package static let exampleUpload: Profile = {
        var profile = exampleOf(use: .upload)
        let types = ["mp4", "mov", "avi", "webm", "mkv", "jpg", "png", "gif", "webp", "mp3", "wav", "m4a", "aac"]
        profile.types = Limit(types, strength: .hard, code: "4001", source: "s")
        profile.extensions = Limit(types + ["jpeg"], strength: .hard, code: "4001", source: "s")
        profile.preferredTypes = Limit(
            ["jpg", "png", "webp", "mp4"], strength: .recommended, effect: .ignored, source: "s")
        profile.maxBytes = Limit(200_000_000, strength: .hard, code: "4002", source: "s")
        profile.envelopeBytes = 2048
        return profile
    }()

    /// A destination like nemo-export, with a limit of each other kind besides.
    package static let exampleDelivery: Profile = {
        var profile = exampleOf(use: .delivery)
        profile.types = Limit(["mp4"], strength: .hard, source: "s")
        profile.videoCodecs = Limit(["h264"], strength: .hard, source: "s")
        profile.audioCodecs = Limit(["aac"], strength: .hard, source: "s")
        profile.maxLongSide = Limit(1920, strength: .hard, source: "s")
        profile.maxShortSide = Limit(1080, strength: .hard, source: "s")
        profile.minDuration = Limit(3, strength: .hard, source: "s")
        profile.maxDuration = Limit(60, strength: .hard, source: "s")
        profile.videoRequired = Limit(true, strength: .hard, source: "s")
        profile.indexFirst = Limit(true, strength: .hard, effect: .unverified, source: "s")
        return profile
    }()

    private static func exampleOf(use: Use) -> Profile {
        Profile(
            name: "example-\(use.rawValue)", title: "Example", use: use, summary: "For examples.",
            sources: ["s": Source(title: "an example", url: nil, asOf: "2026-11-23")])
    }
}

extension Subject {
    /// Held against the example of an upload.
    static func upload(_ facts: Facts) -> Subject { Subject(facts, against: .profile(.exampleUpload)) }
    /// Held against the example of a delivery.
    static func delivery(_ facts: Facts) -> Subject { Subject(facts, against: .profile(.exampleDelivery)) }
    static func alone(_ facts: Facts) -> Subject { Subject(facts, against: .soundness) }
    static func ordered(_ expectation: Expectation, _ facts: Facts) -> Subject {
        Subject(facts, against: .order(expectation))
    }
}

extension Subject {
    /// Held against a place of publication that has this limit and no other.
    static func publish<Value: LimitValue>(
        _ key: LimitKey<Value>, _ value: Value, strength: LimitStrength = .hard, effect: LimitEffect? = nil,
        medium: Profile.Medium = .any, _ facts: Facts
    ) -> Subject {
        var profile = Profile(
            name: "example-publish", title: "Example", use: .publish, summary: "For examples.",
            sources: ["s": Profile.Source(title: "an example", url: nil, asOf: "2026-11-23")])
        profile.medium = medium
        profile[key] = Limit(value, strength: strength, effect: effect, source: "s")
        return Subject(facts, against: .profile(profile))
    }

    /// The same of a post of several files, the one at that place looked at.
    static func post<Value: LimitValue>(
        _ key: LimitKey<Value>, _ value: Value, _ files: [Facts?], at index: Int = 0
    ) -> Subject {
        let alone = publish(key, value, files[index] ?? .example(.jpg))
        return Subject(alone.facts, against: alone.standard, in: Post(files, at: index))
    }
}
