/// What is read of a picture only where an analyzer looks at it; its cells, darkness and changes are read for all.
struct PictureNeeds: OptionSet, Sendable {
    let rawValue: Int

    /// Neighbours along rows: `DetailSums` but for what is combed.
    static let detail = PictureNeeds(rawValue: 1)
    /// Rows against the rows beside them, where something moves.
    static let combs = PictureNeeds(rawValue: 2)
    /// The outermost lines: `PictureSums.edges`.
    static let edges = PictureNeeds(rawValue: 4)
    /// Samples beyond what video has room for: `PictureSums.below` and `above`.
    static let levels = PictureNeeds(rawValue: 8)
    /// How flat each cell is: `PictureSums.ranges`.
    static let ranges = PictureNeeds(rawValue: 16)
    /// `PictureSums.sketch`, around the titles that are asked for.
    static let titleSketches = PictureNeeds(rawValue: 32)
    /// `PictureSums.sketch`, all along.
    static let sketches = PictureNeeds(rawValue: 64)
}
