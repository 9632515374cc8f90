internal import ReelModel

/// What an account may post (Content Posting API, `creator_info/query`).
enum TikTokCreator: RuntimeLimits {
    static let platform = "tiktok"
    static let title = "creator_info of TikTok"

    private static func seconds(_ answer: JSON) -> Double? {
        (answer["data"]?["max_video_post_duration_sec"] ?? answer["max_video_post_duration_sec"])?.double
    }

    static func recognizes(_ answer: JSON) -> Bool { seconds(answer) != nil }

    static func apply(_ answer: JSON, to profile: Profile) throws(Failure) -> Profile {
        guard profile.medium == .video, let seconds = seconds(answer) else { return profile }
        return told(.maxDuration, seconds, profile)
    }
}
