/// Why a measurement ended without its result: whoever decoded was lost, and what had been found with it. What the
/// headers said is still known.
public struct InspectionFailure: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The decoder crashed, or asked the system for something that no decoder needs.
        case crashed
        /// It gave no sign of progress, or worked for longer than a file of its size can take.
        case timedOut = "timed-out"
        /// It asked for more memory than it may have.
        case outOfMemory = "out-of-memory"
    }

    public var kind: Kind
    /// How deep the file was to be measured.
    public var depth: Depth
    /// What happened, as a sentence without its full stop.
    public var message: String

    public init(kind: Kind, depth: Depth, message: String) {
        self.kind = kind
        self.depth = depth
        self.message = message
    }
}
