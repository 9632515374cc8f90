/// What stands still in the picture for as long as a draft orders a title. Times are seconds from the start of the
/// presentation.
public struct Lettering: Sendable, Hashable, Codable {
    /// The title's, as it was ordered.
    public var span: TimeRange
    public var strokes: Known<StandingStrokes>

    public init(span: TimeRange, strokes: Known<StandingStrokes>) {
        self.span = span
        self.strokes = strokes
    }
}

/// Upright edges that stay where they are through the middle of a span, and are not there in the second before it and the
/// second after it, as far as the film has them. Lettering has many, side by side, that turn from dark to bright and back.
public struct StandingStrokes: Sendable, Hashable, Codable {
    /// Frames of the span that were looked at.
    public var frames: Int
    /// Rows of samples with such edges in their largest cluster. Of larger pictures not every row is looked at:
    /// about 640 of the longer side.
    public var rows: Int
    /// The same, of what is missing on one side of the span, and may be there on the other.
    public var oneSidedRows: Int
    /// Where the cluster is; `nil` where there is none.
    public var place: PictureArea?
    /// How many such edges lie outside of it, of those within.
    public var elsewhere: Double
    /// Whether the picture goes on over one of the span's ends, or changes within it: else its own edges come and go with
    /// the span as well.
    public var goesOn: Bool

    public init(
        frames: Int, rows: Int, oneSidedRows: Int, place: PictureArea?, elsewhere: Double, goesOn: Bool
    ) {
        self.frames = frames
        self.rows = rows
        self.oneSidedRows = oneSidedRows
        self.place = place
        self.elsewhere = elsewhere
        self.goesOn = goesOn
    }
}

/// Lettering that was found without being asked for.
public struct Caption: Sendable, Hashable, Codable {
    /// For how long it was seen to stand; within a second.
    public var span: TimeRange
    public var place: PictureArea
    /// As `StandingStrokes.rows`.
    public var rows: Int

    public init(span: TimeRange, place: PictureArea, rows: Int) {
        self.span = span
        self.place = place
        self.rows = rows
    }
}

/// A part of a picture; each edge as a share of its width, or of its height, from the left and from the top.
public struct PictureArea: Sendable, Hashable, Codable {
    public var left: Double
    public var top: Double
    public var right: Double
    public var bottom: Double

    public init(left: Double, top: Double, right: Double, bottom: Double) {
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom
    }
}
