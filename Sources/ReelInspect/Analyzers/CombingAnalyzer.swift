internal import ReelModel

/// Frames whose rows are combed where something moves: two fields of different times, woven together. Edges that move
/// quickly show it by their teeth; what moves slowly, or has no edges, by the rows of one field, which have hardly moved
/// since the picture before, while those of the other went all the way. A frame that says that it is two fields may be;
/// one that does not was not taken apart when it was made progressive.
struct CombingAnalyzer: PictureAnalyzer {
    static let analysis = Analysis.combing
    static let needs: PictureNeeds = .combs
    /// Of the samples in parts that moved, how many have to be combed.
    private static let share = 0.02
    /// Fewer samples in parts that moved say nothing.
    private static let least = 2048
    /// Fewer pieces that were asked tell nothing of the fields: as many as those samples fill.
    private static let leastAsked = 8

    private var combing = Combing()
    private var small = 0
    private var seen = 0

    init() {}

    mutating func see(_ picture: Picture) {
        let detail = picture.sums.detail
        seen += 1
        if detail.combable < Self.least { small += 1 }
        if picture.sums.isInterlaced { combing.flagged += 1 }
        guard detail.moving >= Self.least, picture.change?.isJump == false else { return }
        combing.moving += 1
        let hasTeeth = Double(detail.combed) >= Self.share * Double(detail.moving)
        guard hasTeeth || (detail.fields.asked >= Self.leastAsked && detail.fields.areWoven) else { return }
        combing.combed += 1
        combing.span = TimeRange(start: combing.span?.start ?? picture.span.start, end: picture.span.end)
    }

    mutating func finish(into _: inout Measured, _ picture: inout PictureMeasurements) {
        picture.tooSmall.combing = small
        picture.combing = small == seen ? .unknown("the picture is too small to tell combed rows") : .known(combing)
    }
}
