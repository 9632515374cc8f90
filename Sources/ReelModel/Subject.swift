/// What a rule is shown: one file's facts, and the one thing that they are held against. A class, because it is handed
/// to every rule and copied by none.
public final class Subject: Sendable {
    public let facts: Facts
    public let standard: Standard
    /// What it is posted with, where that is to be judged too.
    public let post: Post?

    public init(_ facts: Facts, against standard: Standard, in post: Post? = nil) {
        self.facts = facts
        self.standard = standard
        self.post = post
    }
}

/// Files that are posted together, and the one of them that is looked at.
public struct Post: Sendable {
    /// `nil` for one of which nothing could be read: it is posted all the same.
    public var files: [Facts?]
    public var index: Int

    public init(_ files: [Facts?], at index: Int) {
        self.files = files
        self.index = index
    }
}

/// What a file is held against. A rule is asked once for each, so that a finding belongs to one of them.
public indirect enum Standard: Sendable, Hashable {
    /// The file itself: whole, decodable, made of media. Nobody has to ask for that.
    case soundness
    /// What a destination accepts.
    case profile(Profile)
    /// What was ordered.
    case order(Expectation)

    public var profile: Profile? {
        switch self {
        case .profile(let profile): profile
        case .soundness, .order: nil
        }
    }

    public var order: Expectation? {
        switch self {
        case .order(let expectation): expectation
        case .soundness, .profile: nil
        }
    }

    public var isSoundness: Bool {
        switch self {
        case .soundness: true
        case .profile, .order: false
        }
    }
}
