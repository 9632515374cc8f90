internal import ReelModel

/// Cuts, and up to three frames of something else between pictures that go on: what is seen for so short a time nobody
/// cut in. A flash of light leaves the picture what it was, only brighter.
struct JumpAnalyzer: PictureAnalyzer {
    private static let mostFrames = 3
    /// How much of the jump may be left between the pictures before and after.
    private static let leftover = 0.35
    private static let likeness = 0.9
    /// So little left needs less likeness: what moves in a picture of small contrast changes most of it.
    private static let trace = 0.1
    private static let leastLikeness = 0.6

    private var cuts: [Double] = []
    private var count = 0
    private var strays = StrongestEntries<TimeRange>(limit: PictureMeasurements.limit) { $0.duration }
    /// When the last jump was, how many pictures ago, and how far it went.
    private var last: (start: Double, ago: Int, mean: Double)?

    init() {}

    mutating func see(_ picture: Picture) {
        last?.ago += 1
        guard let change = picture.change, change.isJump else { return }
        let start = picture.span.start
        if let jump = last, jump.ago <= Self.mostFrames, let before = picture.before(jump.ago + 1),
            goesOn(picture.sums.luma, from: before.luma, after: max(jump.mean, change.luma.mean))
        {
            strays.add(TimeRange(start: jump.start, end: start))
            if cuts.last == jump.start { cuts.removeLast() }
            count -= 1
            last = nil
            return
        }
        if cuts.count < PictureMeasurements.limit { cuts.append(start) }
        count += 1
        last = (start, 0, change.luma.mean)
    }

    private func goesOn(_ luma: CellGrid, from before: CellGrid, after jump: Double) -> Bool {
        let left = luma.difference(to: before).mean
        guard left <= Self.leftover * jump else { return false }
        return luma.correlation(with: before) >= (left <= Self.trace * jump ? Self.leastLikeness : Self.likeness)
    }

    mutating func finish(into _: inout Measured, _ picture: inout PictureMeasurements) {
        picture.cuts = cuts
        picture.cutCount = count
        picture.strays = strays.strongest
    }
}
