/// What the blocks of the main sound stream showed, beside the spans of silence. Times are seconds from the start of the
/// presentation.
public struct SoundMeasurements: Sendable, Hashable, Codable {
    /// The stream's place in the file, from 0.
    public var stream: Int

    public init(stream: Int) {
        self.stream = stream
    }
}
