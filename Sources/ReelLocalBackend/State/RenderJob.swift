internal import ReelModel

/// An export, from its submission to its file.
struct RenderJob: Codable, Sendable, Hashable {
    enum Status: String, Codable, Sendable {
        case pending, processing, completed, failed
    }

    /// The client's own.
    var id: String
    var userID: String
    var session: String
    var status = Status.pending
    var storyboard: Storyboard
    /// The storyboard's assets, in its order.
    var assets: [Asset]
    /// The film's name in the folder and in its address; random.
    var film: String
    var acceptance: Acceptance
    /// How often the rendering was begun: more than once where the process ended in the middle.
    var attempts = 0
    /// Bytes of the film.
    var bytes: Int64?
    var error: String?
    /// A fault that was asked for.
    var isToFail: Bool?
    /// Seconds since 1970.
    var ended: Double?

    var isFinished: Bool {
        switch status {
        case .pending, .processing: false
        case .completed, .failed: true
        }
    }
}
