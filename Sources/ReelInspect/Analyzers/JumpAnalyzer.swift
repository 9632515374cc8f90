internal import ReelModel

/// Cuts, and up to three frames of something else between pictures that go on: what is seen for so short a time nobody
/// cut in. A flash of light leaves the picture what it was, only brighter. A frame or two of something else right at a cut,
/// far from any other, are left from another clip; where cuts come quickly, they are shots.
struct JumpAnalyzer: PictureAnalyzer {
    static let analysis = Analysis.jumps
    private static let mostFrames = 3
    /// How much of the jump may be left between the pictures before and after.
    private static let leftover = 0.35
    private static let likeness = 0.9
    /// So little left needs less likeness: what moves in a picture of small contrast changes most of it.
    private static let trace = 0.15
    private static let leastLikeness = 0.6
    /// What the pictures before and after may differ more than those before did over as many frames, and be less alike.
    private static let usualChange = 1.25
    private static let usualLoss = 0.1
    /// Frames that may stand at a cut, and pictures on either side of it without another one.
    private static let mostAtCut = 2
    private static let quiet = 12

    private var cuts: [Double] = []
    private var count = 0
    private var strays = StrongestEntries<TimeRange>(limit: PictureMeasurements.limit) { $0.duration }
    /// When the last jump was, how many pictures ago, how far it went, and how many pictures before it another one was.
    private var last: (start: Double, ago: Int, mean: Double, since: Int)?
    /// Frames at a cut, and the pictures since without another one.
    private var atCut: (span: TimeRange, quiet: Int)?

    init() {}

    mutating func see(_ picture: Picture) {
        last?.ago += 1
        let isJump = picture.change?.isJump == true
        follow(isJump)
        guard let change = picture.change, isJump else { return }
        let start = picture.span.start
        if let jump = last, jump.ago <= Self.mostFrames, let before = picture.before(jump.ago + 1) {
            if goesOn(picture, from: before, over: jump.ago + 1, after: max(jump.mean, change.luma.mean)) {
                strays.add(TimeRange(start: jump.start, end: start))
                if cuts.last == jump.start { cuts.removeLast() }
                count -= 1
                last = nil
                return
            }
            if jump.ago <= Self.mostAtCut, jump.since >= Self.quiet, picture.before(1)?.isEmpty == false {
                atCut = (TimeRange(start: jump.start, end: start), 0)
            }
        }
        if cuts.count < PictureMeasurements.limit { cuts.append(start) }
        count += 1
        last = (start, 0, change.luma.mean, last?.ago ?? Self.quiet)
    }

    /// Waits until it is sure that no other cut is near.
    private mutating func follow(_ isJump: Bool) {
        guard let frames = atCut else { return }
        if isJump {
            atCut = nil
        } else if frames.quiet + 1 < Self.quiet {
            atCut?.quiet += 1
        } else {
            add(frames.span)
        }
    }

    /// The first of both cuts is none: the frames between them are what was cut in.
    private mutating func add(_ frames: TimeRange) {
        strays.add(frames)
        if let place = cuts.lastIndex(of: frames.start) { cuts.remove(at: place) }
        count -= 1
        atCut = nil
    }

    private func goesOn(
        _ picture: Picture, from before: PictureSums, over distance: Int, after jump: Double
    ) -> Bool {
        let left = picture.sums.luma.difference(to: before.luma).mean
        guard left <= Self.leftover * jump else { return false }
        let likeness = picture.sums.luma.correlation(with: before.luma)
        if likeness >= (left <= Self.trace * jump ? Self.leastLikeness : Self.likeness) { return true }
        // Where everything moves, or grain is all there is, pictures so far apart are never more alike.
        guard let earlier = picture.before(2 * distance) else { return false }
        return left <= Self.usualChange * before.luma.difference(to: earlier.luma).mean
            && likeness >= before.luma.correlation(with: earlier.luma) - Self.usualLoss
    }

    mutating func finish(into _: inout Measured, _ picture: inout PictureMeasurements) {
        picture.cuts = cuts
        picture.cutCount = count
        picture.strays = strays.strongest
    }
}
