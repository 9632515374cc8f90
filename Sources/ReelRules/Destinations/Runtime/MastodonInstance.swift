internal import ReelModel

/// What a server takes (Mastodon API, `GET /api/v2/instance`, `configuration.media_attachments`).
enum MastodonInstance: RuntimeLimits {
    static let platform = "mastodon"
    static let title = "GET /api/v2/instance of Mastodon"

    private static func media(_ answer: JSON) -> JSON? {
        answer["configuration"]?["media_attachments"] ?? answer["media_attachments"]
    }

    static func recognizes(_ answer: JSON) -> Bool {
        media(answer)?["supported_mime_types"] != nil || media(answer)?["video_size_limit"] != nil
    }

    static func apply(_ answer: JSON, to profile: Profile) throws(Failure) -> Profile {
        guard let media = media(answer) else { return profile }
        var profile = profile
        let isPicture = profile.medium == .image || profile.medium == .gif
        // A file has to be smaller than the figure that is told.
        if let bytes = media[isPicture ? "image_size_limit" : "video_size_limit"]?.integer, bytes > 0 {
            profile = told(.maxBytes, bytes - 1, profile)
        }
        switch profile.medium {
        case .image:
            if let pixels = media["image_matrix_limit"]?.integer { profile = told(.maxPixels, pixels, profile) }
        case .video:
            if let pixels = media["video_matrix_limit"]?.integer { profile = told(.maxPixels, pixels, profile) }
            if let rate = media["video_frame_rate_limit"]?.double { profile = told(.maxWholeFPS, rate, profile) }
        case .gif, .audio, .any: break
        }
        let names = media["supported_mime_types"]?.elements?.compactMap(\.text) ?? []
        let types = types(names, profile.medium)
        // A GIF is judged as such; its type is not in question.
        if !types.isEmpty, profile.medium != .gif { profile = told(.types, types, profile) }
        return profile
    }

    /// What servers call types, beside the names that the registry has.
    private static let aliases = [
        "video/mp4": ["m4v"], "image/heif": ["heic"], "audio/mp3": ["mp3"], "audio/x-m4a": ["m4a"],
        "audio/x-wav": ["wav"], "audio/wave": ["wav"], "audio/vnd.wave": ["wav"], "audio/x-pn-wave": ["wav"],
        "audio/x-flac": ["flac"], "audio/ogg": ["ogg"], "audio/vorbis": ["ogg"], "audio/3gpp": ["3gp"],
        "audio/m4a": ["m4a"], "audio/x-aiff": ["aiff"], "video/x-ms-asf": ["wmv"], "audio/webm": ["webm"],
    ]

    private static func types(_ names: [String], _ medium: Profile.Medium) -> [String] {
        let prefix: String
        switch medium {
        case .video: prefix = "video/"
        case .image: prefix = "image/"
        case .audio: prefix = "audio/"
        case .gif, .any: return []
        }
        var types: [String] = []
        for name in names where name.hasPrefix(prefix) {
            types += FileType.all.filter { $0.mediaType == name }.map(\.id) + (aliases[name] ?? [])
        }
        return FileType.all.map(\.id).filter { types.contains($0) }
    }
}
