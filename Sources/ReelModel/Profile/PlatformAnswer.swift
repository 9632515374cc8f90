/// What a platform answers when it refuses a file, or says that it refused one.
public struct PlatformAnswer: Sendable, Hashable {
    /// As limits refer to it: `ig.2207026`.
    public var id: String
    public var platform: String
    /// As it stands in the platform's answer.
    public var code: String
    /// The wider code beside it, where there is one.
    public var parent: String?
    /// What it says, in few words.
    public var gist: String
    /// At which step it comes.
    public var when: String
    /// Kinds of limits that can bring it about; empty where no property of a file does.
    public var causes: [String]
    /// Whether it is about the place that the file is fetched from, or the way it was sent, and not about the file.
    public var isNotAboutTheFile: Bool
    public var source: String
    public var confidence: Profile.Confidence
    public var note: String?

    public init(
        id: String, platform: String, code: String, parent: String?, gist: String, when: String, causes: [String],
        isNotAboutTheFile: Bool, source: String, confidence: Profile.Confidence, note: String?
    ) {
        self.id = id
        self.platform = platform
        self.code = code
        self.parent = parent
        self.gist = gist
        self.when = when
        self.causes = causes
        self.isNotAboutTheFile = isNotAboutTheFile
        self.source = source
        self.confidence = confidence
        self.note = note
    }

    /// The platform as it spells itself.
    public var platformName: String {
        switch platform {
        case "tiktok": "TikTok"
        case "youtube": "YouTube"
        case "linkedin": "LinkedIn"
        case "whatsapp": "WhatsApp"
        case let other: other.prefix(1).uppercased() + other.dropFirst()
        }
    }
}
