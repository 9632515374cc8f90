internal import ReelModel

/// Makes facts of what it is shown of the main picture or the main sound, in the one pass that decodes every frame. It
/// keeps the logic; the sums over pixels come with the picture.
protocol Analyzer: Sendable {
    static var analysis: Analysis { get }

    init()
}

/// Rides along with the main video stream.
protocol PictureAnalyzer: Analyzer {
    /// What it looks at that is read only where somebody does.
    static var needs: PictureNeeds { get }

    /// What is asked for beside that it looks; called before the first picture.
    mutating func prepare(for scope: Scope)

    /// A picture, in order of presentation. Pictures whose samples cannot be read are not shown.
    mutating func see(_ picture: Picture)

    /// The file has ended, and at least one picture was shown.
    mutating func finish(into measured: inout Measured, _ picture: inout PictureMeasurements)
}

/// Rides along with the main audio stream.
protocol SoundAnalyzer: Analyzer {
    /// The next ten milliseconds.
    mutating func hear(_ tick: SoundTick)

    /// The file has ended.
    mutating func finish(into sound: inout SoundMeasurements)
}

extension PictureAnalyzer {
    static var needs: PictureNeeds { [] }

    mutating func prepare(for _: Scope) {}

    mutating func finish(into measured: inout Measured) {
        guard var picture = measured.picture, picture.frames > 0 else { return }
        finish(into: &measured, &picture)
        measured.picture = picture
    }
}
