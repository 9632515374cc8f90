internal import ReelModel

/// Makes facts of what it is shown of the main picture or the main sound, in the one pass that decodes every frame. It
/// keeps the logic; the sums over pixels come with the picture.
protocol Analyzer: Sendable {
    init()
}

/// Rides along with the main video stream.
protocol PictureAnalyzer: Analyzer {
    /// A picture, in order of presentation.
    mutating func see(_ picture: Picture)

    /// The file has ended.
    mutating func finish(into measured: inout Measured)
}

/// Rides along with the main audio stream.
protocol SoundAnalyzer: Analyzer {
    /// The next ten milliseconds.
    mutating func hear(_ tick: SoundTick)

    /// The file has ended.
    mutating func finish(into sound: inout SoundMeasurements)
}

/// One picture, as analyzers see it.
struct Picture: Sendable {
    var span: TimeRange
    var size: Size
    /// `nil` where its samples could not be read.
    var luma: LumaSums?
}
