internal import ReelModel

/// One project: everything that a single write must change together.
struct Session: Codable, Sendable, Hashable {
    var id: String
    var taskID: String
    var userID: String
    var taskName: String
    var language: String?
    var composition: Composition?
    var assets: [Asset] = []
    /// Credits charged, in all.
    var spent = 0
    var accepted: [Acceptance] = []
    /// Seconds since 1970.
    var created: Double?
    /// It has vanished, as sessions do.
    var isGone: Bool?
    /// A message that waits for a yes.
    var pending: String?
    var claim: Claim?

    struct Claim: Codable, Sendable, Hashable {
        var token: String
        /// Seconds since 1970.
        var expires: Double
    }
}

/// Something uploaded.
struct Asset: Codable, Sendable, Hashable {
    /// Random, and so the file's address cannot be guessed.
    var id: String
    /// As uploaded.
    var name: String
    var content: Content
    var bytes: Int64
    /// Seconds; `nil` for stills and where it could not be read.
    var duration: Double?
    /// As displayed.
    var size: Size?
    /// Frames per second.
    var frameRate: Double?

    var fileName: String { "\(id).\(content.rawValue)" }
}

/// One thing that was accepted and done, so that it can be proved that nothing came twice.
struct Acceptance: Codable, Sendable, Hashable {
    enum Kind: String, Codable, Sendable {
        case message, upload, render
    }

    var id: String
    var kind: Kind
    var session: String
    /// Seconds since 1970.
    var at: Double
    /// The message, the files' names, or the render's id.
    var what: String
}
