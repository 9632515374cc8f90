/// What the frames of the main picture stream showed, beside the spans of black. Times are seconds from the start of the
/// presentation.
public struct PictureMeasurements: Sendable, Hashable, Codable {
    /// The stream's place in the file, from 0.
    public var stream: Int
    /// Frames whose samples were looked at.
    public var frames: Int

    public init(stream: Int, frames: Int) {
        self.stream = stream
        self.frames = frames
    }
}
