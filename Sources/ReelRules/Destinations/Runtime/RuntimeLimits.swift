public import ReelModel

/// Limits that a platform tells for one account or one server. Each platform's way of telling is a type in a file of
/// its own, and one line in `all`.
public protocol RuntimeLimits: Sendable {
    static var platform: String { get }
    /// What the answer is called, for people.
    static var title: String { get }

    /// Whether it is such an answer.
    static func recognizes(_ answer: JSON) -> Bool

    /// The profile as that answer changes it.
    static func apply(_ answer: JSON, to profile: Profile) throws(Failure) -> Profile
}

/// The one list of answers that are understood.
public enum RuntimeAnswers {
    public static let all: [any RuntimeLimits.Type] = [
        BlueskyUploadLimits.self, DiscordLimits.self, MastodonInstance.self, TikTokCreator.self, XAccount.self,
    ]

    /// The profiles, those of the answer's platform with its limits.
    ///
    /// - Parameter file: what the answer is called in errors.
    /// - Throws: `Failure` of kind `usage` where it is no JSON, of no kind that is known, or about no profile here.
    public static func apply(_ text: String, file: String, to profiles: [Profile]) throws(Failure) -> [Profile] {
        let answer = try json(text, file)
        guard let kind = all.first(where: { $0.recognizes(answer) }) else {
            throw Failure(
                .usage, subject: file, problem: "it is no answer that tells limits",
                remedy: "Give one of these: \(all.map { $0.title }.joined(separator: "; "))")
        }
        guard profiles.contains(where: { $0.platform == kind.platform }) else {
            throw Failure(
                .usage, subject: file, problem: "it is about \(kind.platform), and no profile that was named is",
                remedy: "Name one with --profile")
        }
        var changed = profiles
        for at in changed.indices where changed[at].platform == kind.platform {
            changed[at] = try kind.apply(answer, to: changed[at])
        }
        return changed
    }

    private static func json(_ text: String, _ file: String) throws(Failure) -> JSON {
        do {
            return try JSON(parsing: text)
        } catch {
            throw Failure(
                .usage, subject: file, problem: "it is not JSON", remedy: "Give the platform's answer as it came",
                cause: "\(error)")
        }
    }
}

extension RuntimeLimits {
    /// A must that the platform has told.
    static func told<Value: LimitValue>(_ key: LimitKey<Value>, _ value: Value, _ profile: Profile) -> Profile {
        let limit = Limit(value, strength: .hard, source: "told").plain
        return profile.replacing(
            key.kind, by: limit,
            from: Profile.Source(title: title, url: nil, asOf: "this call", tier: .user))
    }
}
