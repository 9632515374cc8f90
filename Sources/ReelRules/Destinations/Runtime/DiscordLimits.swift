internal import ReelModel

/// The size that an interaction names, or the boosts of a server (Discord API reference: interaction object, guild
/// object).
enum DiscordLimits: RuntimeLimits {
    static let platform = "discord"
    static let title = "an interaction or a guild of Discord"

    static func recognizes(_ answer: JSON) -> Bool {
        answer["attachment_size_limit"]?.integer != nil || answer["premium_tier"]?.integer != nil
    }

    static func apply(_ answer: JSON, to profile: Profile) throws(Failure) -> Profile {
        guard profile.name == "discord-attachment" else { return profile }
        if let most = answer["attachment_size_limit"]?.integer { return told(.maxBytes, most, profile) }
        // Level 3 has a figure; that of level 2 was not found, and levels 0 and 1 have the usual one.
        return answer["premium_tier"]?.integer == 3 ? profile.choosing("boost-level-3") ?? profile : profile
    }
}
