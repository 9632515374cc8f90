public import ReelModel

/// The destinations that are known here, and the reader for a user's own.
public enum ProfileCatalog {
    /// The one list: name and text of each profile in `Profiles/`, in order of their names.
    static let texts: [(name: String, yaml: [UInt8])] = [
        ("bluesky-image", PackageResources.bluesky_image_yaml),
        ("bluesky-video", PackageResources.bluesky_video_yaml),
        ("discord-attachment", PackageResources.discord_attachment_yaml),
        ("discord-emoji", PackageResources.discord_emoji_yaml),
        ("discord-soundboard", PackageResources.discord_soundboard_yaml),
        ("discord-sticker", PackageResources.discord_sticker_yaml),
        ("facebook-page-photo", PackageResources.facebook_page_photo_yaml),
        ("facebook-page-story-video", PackageResources.facebook_page_story_video_yaml),
        ("facebook-page-video", PackageResources.facebook_page_video_yaml),
        ("facebook-reels", PackageResources.facebook_reels_yaml),
        ("google-business-photo", PackageResources.google_business_photo_yaml),
        ("google-business-video", PackageResources.google_business_video_yaml),
        ("instagram-carousel", PackageResources.instagram_carousel_yaml),
        ("instagram-feed-image", PackageResources.instagram_feed_image_yaml),
        ("instagram-reels", PackageResources.instagram_reels_yaml),
        ("instagram-reels-cover", PackageResources.instagram_reels_cover_yaml),
        ("instagram-story-image", PackageResources.instagram_story_image_yaml),
        ("instagram-story-video", PackageResources.instagram_story_video_yaml),
        ("linkedin-image", PackageResources.linkedin_image_yaml),
        ("linkedin-video", PackageResources.linkedin_video_yaml),
        ("mastodon-audio", PackageResources.mastodon_audio_yaml),
        ("mastodon-gif", PackageResources.mastodon_gif_yaml),
        ("mastodon-image", PackageResources.mastodon_image_yaml),
        ("mastodon-video", PackageResources.mastodon_video_yaml),
        ("nemo-export", PackageResources.nemo_export_yaml),
        ("nemo-upload", PackageResources.nemo_upload_yaml),
        ("pinterest-image", PackageResources.pinterest_image_yaml),
        ("pinterest-video", PackageResources.pinterest_video_yaml),
        ("reddit-image", PackageResources.reddit_image_yaml),
        ("reddit-video", PackageResources.reddit_video_yaml),
        ("snapchat-public-profile-image", PackageResources.snapchat_public_profile_image_yaml),
        ("snapchat-public-profile-video", PackageResources.snapchat_public_profile_video_yaml),
        ("telegram-bot-photo", PackageResources.telegram_bot_photo_yaml),
        ("telegram-bot-video", PackageResources.telegram_bot_video_yaml),
        ("telegram-bot-voice", PackageResources.telegram_bot_voice_yaml),
        ("threads-image", PackageResources.threads_image_yaml),
        ("threads-video", PackageResources.threads_video_yaml),
        ("tiktok-photo", PackageResources.tiktok_photo_yaml),
        ("tiktok-video", PackageResources.tiktok_video_yaml),
        ("twitch-video-producer", PackageResources.twitch_video_producer_yaml),
        ("vimeo", PackageResources.vimeo_yaml),
        ("whatsapp-audio", PackageResources.whatsapp_audio_yaml),
        ("whatsapp-image", PackageResources.whatsapp_image_yaml),
        ("whatsapp-sticker", PackageResources.whatsapp_sticker_yaml),
        ("whatsapp-video", PackageResources.whatsapp_video_yaml),
        ("x-dm-video", PackageResources.x_dm_video_yaml),
        ("x-gif", PackageResources.x_gif_yaml),
        ("x-image", PackageResources.x_image_yaml),
        ("x-video", PackageResources.x_video_yaml),
        ("x-video-premium", PackageResources.x_video_premium_yaml),
        ("youtube-shorts", PackageResources.youtube_shorts_yaml),
        ("youtube-thumbnail", PackageResources.youtube_thumbnail_yaml),
        ("youtube-upload", PackageResources.youtube_upload_yaml),
    ]

    /// The destination that is meant by a platform's name alone: where its films go.
    public static let usual = [
        "instagram": "instagram-reels", "facebook": "facebook-reels", "threads": "threads-video",
        "tiktok": "tiktok-video", "youtube": "youtube-upload", "x": "x-video", "linkedin": "linkedin-video",
        "pinterest": "pinterest-video", "snapchat": "snapchat-public-profile-video", "bluesky": "bluesky-video",
        "mastodon": "mastodon-video", "reddit": "reddit-video", "discord": "discord-attachment",
        "whatsapp": "whatsapp-video", "telegram": "telegram-bot-video", "twitch": "twitch-video-producer",
        "google-business": "google-business-video",
    ]

    /// Names of the built-in profiles, in order.
    public static var names: [String] { texts.map { $0.name } }

    /// The built-in profile of that name; only that one is read, and what it refers to.
    ///
    /// - Parameter name: after an `@` the choice of account, plan or server: `discord-attachment@nitro`.
    /// - Throws: `Failure` of kind `usage` where there is none, with the names that there are.
    public static func profile(_ name: String) throws(Failure) -> Profile {
        let (named, choice) = split(name)
        let plain = usual[named] ?? named
        guard let text = texts.first(where: { $0.name == plain }) else {
            let meant = NearestName.of(plain, among: names).map { "Did you mean \($0)? " } ?? ""
            throw Failure(
                .usage, subject: plain, problem: "there is no profile of that name",
                remedy: "\(meant)Choose one of \(names.joined(separator: ", ")), or give the path of a file of your own"
            )
        }
        return try chosen(choice, of: read(plain, tree(text.yaml, "\(plain).yaml")))
    }

    private static func read(
        _ name: String, _ tree: ProfileTree, base: (String) throws(Failure) -> Profile = profile
    ) throws(Failure) -> Profile {
        let shared = try shared.get()
        return try withoutActuallyEscaping(base) { base throws(Failure) in
            try ProfileReader(file: "\(name).yaml", shared: shared, base: base).profile(tree)
        }
    }

    /// The name, and the choice after its `@`.
    public static func split(_ name: String) -> (name: String, choice: String?) {
        guard let at = name.lastIndex(of: "@") else { return (name, nil) }
        return (String(name[..<at]), String(name[name.index(after: at)...]))
    }

    /// The profile under one of its choices; as it is where there is none to make.
    public static func chosen(_ choice: String?, of profile: Profile) throws(Failure) -> Profile {
        guard let choice else { return profile }
        guard let chosen = profile.choosing(choice) else {
            let names = profile.choices.keys.sorted()
            throw Failure(
                .usage, subject: "\(profile.name)@\(choice)", problem: "it has no choice of that name",
                remedy: names.isEmpty ? "Name it without @" : "Choose one of \(names.joined(separator: ", "))")
        }
        return chosen
    }

    /// Every built-in profile, in order of their names.
    ///
    /// - Parameter use: only those of that use; the others are not read, where their own text says their use.
    public static func builtin(use: Profile.Use? = nil) throws(Failure) -> [Profile] {
        var all: [Profile] = []
        // Those that were read before their turn, for one that extends them.
        var bases: [Profile] = []
        for (name, yaml) in texts {
            if let base = bases.first(where: { $0.name == name }) {
                if use == nil || base.use == use { all.append(base) }
                continue
            }
            let tree = try tree(yaml, "\(name).yaml")
            if let use, let own = try ProfileNode(tree, path: "", file: "\(name).yaml").optional("use"),
                try own.choice(of: Profile.Use.self) != use
            {
                continue
            }
            let profile = try read(name, tree) { base throws(Failure) in
                if let known = all.first(where: { $0.name == base }) ?? bases.first(where: { $0.name == base }) {
                    return known
                }
                bases.append(try Self.profile(base))
                return bases[bases.count - 1]
            }
            if use == nil || profile.use == use { all.append(profile) }
        }
        return all
    }

    /// Reads a profile. Unknown keys are refused: a misspelt limit must not pass for no limit.
    ///
    /// - Parameters:
    ///   - file: what the text is called in errors.
    ///   - base: the profile of that name, for one that extends it; else the built-in one.
    /// - Throws: `Failure` of kind `usage` that names file, line and key.
    public static func load(
        yaml: String, file: String, base: (String) throws(Failure) -> Profile = ProfileCatalog.profile
    ) throws(Failure) -> Profile {
        let tree = try ProfileTree(yaml: yaml, file: file)
        return try withoutActuallyEscaping(base) { base throws(Failure) in
            try ProfileReader(file: file, shared: try shared.get(), base: base).profile(tree)
        }
    }

    /// What the built-in profiles share, read once.
    static let shared: Result<SharedParts, Failure> = .init(catching: readShared)

    private static func readShared() throws(Failure) -> SharedParts {
        try SharedParts(
            sources: tree(PackageResources.sources_yaml, "sources.yaml"),
            answers: tree(PackageResources.answers_yaml, "answers.yaml"))
    }

    /// A text of our own, which is written plainly.
    private static func tree(_ yaml: [UInt8], _ file: String) throws(Failure) -> ProfileTree {
        if let tree = PlainYAML.tree(yaml) { return tree }
        return try ProfileTree(yaml: String(decoding: yaml, as: UTF8.self), file: file)
    }

    /// What platforms answer, in order of their ids.
    public static func answers() throws(Failure) -> [PlatformAnswer] {
        try shared.get().answers.values.sorted { $0.id < $1.id }
    }
}
