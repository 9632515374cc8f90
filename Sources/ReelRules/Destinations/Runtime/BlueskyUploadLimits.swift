internal import ReelModel

/// What is left of the day (lexicon `app.bsky.video.getUploadLimits`).
enum BlueskyUploadLimits: RuntimeLimits {
    static let platform = "bluesky"
    static let title = "app.bsky.video.getUploadLimits"

    static func recognizes(_ answer: JSON) -> Bool { answer["remainingDailyBytes"]?.integer != nil }

    static func apply(_ answer: JSON, to profile: Profile) throws(Failure) -> Profile {
        guard profile.medium == .video, let left = answer["remainingDailyBytes"]?.integer,
            left < profile.maxBytes?.value ?? .max
        else { return profile }
        return told(.maxBytes, left, profile)
    }
}
