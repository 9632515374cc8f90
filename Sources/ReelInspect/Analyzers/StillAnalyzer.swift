internal import ReelModel

/// Spans in which the picture stands still, against the picture that the span began with, as FFmpeg's `freezedetect`
/// looks for them; but by the means of cells, which grain does not move, and by place, so that one thing that moves in
/// a corner is enough. What moves around a span tells a film that got stuck from one that came to rest: the facts say for
/// how long the picture moved at full speed up to the span, and from its end on.
struct StillAnalyzer: PictureAnalyzer {
    static let analysis = Analysis.still
    static let shortest = 0.5
    /// Longer without motion, a run of motion is over. Film at 24 pictures in 30 frames, and animation on twos, stand
    /// still for one frame; a player that stutters for two or three.
    private static let pause = 0.25
    /// Of a run's frames, how many have to move.
    private static let density = 0.4
    /// Of the usual change near the span, how much the change right next to it has to reach: what comes to rest slows
    /// down.
    private static let abruptness = 0.3
    /// Moving frames that tell the usual change. More of them may be from another scene, or from a fade.
    private static let near = 12

    private var luma: [UInt16] = []
    private var blue: [UInt16] = []
    private var red: [UInt16] = []
    /// Whether the reference is the picture before, and its cells are not copied yet. Of most pictures they never are: the
    /// next one is another.
    private var lacksCells = false
    private var reference: TimeRange?
    private var isStill = false
    private var stillTime = 0.0
    private var seen: TimeRange?
    private var spans = StrongestEntries<StillSpan>(limit: PictureMeasurements.limit) {
        ($0.span.duration, min($0.movingBefore, $0.movingAfter))
    }
    /// The last span, until what moves after it is known.
    private var last: StillSpan?
    /// The run of motion that goes on, or that ended last.
    private var run: MotionRun?
    /// Motion up to the still span that goes on.
    private var before = 0.0

    init() {}

    mutating func see(_ picture: Picture) {
        let sums = picture.sums
        guard sums.luma.count > 0 else { return }
        hold(until: sums.span.start)
        seen = TimeRange(start: seen?.start ?? sums.span.start, end: sums.span.end)
        var isSame = isAsReference(picture, PictureChange.isStill)
        if !isSame, isStill, sums.isKey, isAsReference(picture, PictureChange.isStillAnew) || isCodedAnew(picture) {
            isSame = true
            lacksCells = true
        }
        if isSame {
            if !isStill { before = lengthOfMotion(upTo: sums.span.start) }
            isStill = true
        } else {
            close(at: sums.span.start)
            lacksCells = true
            // Nothing is not a picture that stands still.
            reference = sums.isEmpty ? nil : sums.span
        }
        follow(picture, isSame: isSame)
    }

    private mutating func copyCells(of sums: PictureSums?) {
        sums?.luma.keep(in: &luma)
        sums?.blue?.keep(in: &blue)
        sums?.red?.keep(in: &red)
        lacksCells = false
    }

    mutating func finish(into _: inout Measured, _ picture: inout PictureMeasurements) {
        hold(until: seen?.end ?? 0)
        close(at: seen?.end ?? 0)
        settle()
        if let last { spans.add(last) }
        picture.still = spans.strongest
        if let seen, seen.duration > 0 { picture.stillShare = min(stillTime / seen.duration, 1) }
    }

    private mutating func isAsReference(
        _ picture: Picture, _ isStill: (CellGrid.Difference) -> Bool
    ) -> Bool {
        let sums = picture.sums
        guard reference != nil else { return false }
        if lacksCells {
            guard let change = picture.change, isStill(change.luma) else { return false }
            copyCells(of: picture.before(1))
        } else {
            // A picture of another size is another one.
            guard sums.luma.count == luma.count, isStill(sums.luma.difference(to: luma)) else { return false }
        }
        guard let itsBlue = sums.blue, let itsRed = sums.red else { return true }
        return isStill(itsBlue.difference(to: blue)) && isStill(itsRed.difference(to: red))
    }

    /// Whether it is the picture before, which stood still, coded once more. That one may be finer than the reference
    /// already, as coding goes on to add to what stands.
    private func isCodedAnew(_ picture: Picture) -> Bool {
        guard let change = picture.change, PictureChange.isCodedAnew(change.luma) else { return false }
        let (sums, before) = (picture.sums, picture.before(1))
        guard let blue = sums.blue, let red = sums.red, let itsBlue = before?.blue, let itsRed = before?.red else {
            return sums.blue == nil
        }
        return PictureChange.isCodedAnew(blue.difference(to: itsBlue))
            && PictureChange.isCodedAnew(red.difference(to: itsRed))
    }

    /// A picture that is shown for so long, up to the next or by its own length, stands still by itself.
    private mutating func hold(until end: Double) {
        guard !isStill, let reference, TimeRange(start: reference.start, end: end).isAtLeast(Self.shortest) else {
            return
        }
        isStill = true
        before = lengthOfMotion(upTo: reference.start)
    }

    private mutating func close(at end: Double) {
        defer { isStill = false }
        guard isStill, let reference else { return }
        let span = TimeRange(start: reference.start, end: end)
        guard span.isAtLeast(Self.shortest) else { return }
        stillTime += span.duration
        settle()
        if let last { spans.add(last) }
        last = StillSpan(span: span, movingBefore: before, movingAfter: 0)
        run = nil
    }

    // MARK: Motion around

    /// - Parameter isSame: where it is as the still span began, nothing moves, even if it was coded anew.
    private mutating func follow(_ picture: Picture, isSame: Bool) {
        guard let change = picture.change else { return }
        let isMotion = change.isMotion && !(isSame && picture.sums.isKey)
        let start = picture.span.start
        if let ended = run, start - ended.span.end > Self.pause {
            settle()
            // It is looked back upon where a still span turns out to have begun there.
            if isMotion { run = nil }
        }
        if isMotion {
            run = run ?? MotionRun(start: start)
            run?.add(change.isJump ? nil : change.luma.mean, picture.span)
        } else {
            run?.addIdle()
        }
    }

    /// The length of the run that ends where a still span begins.
    private func lengthOfMotion(upTo start: Double) -> Double {
        guard let run, start - run.span.end <= Self.pause, run.isDense, run.endsAtFullSpeed else { return 0 }
        return run.span.duration
    }

    /// Tells the last still span of the run that began at its end.
    private mutating func settle() {
        guard let run, let end = last?.span.end, last?.movingAfter == 0, run.span.start - end <= Self.pause,
            run.span.start >= end - 1e-6, run.isDense, run.beginsAtFullSpeed
        else { return }
        last?.movingAfter = run.span.duration
    }

    /// Pictures that move, one after the other.
    private struct MotionRun {
        var span: TimeRange
        /// Frames up to the last that moved, and those of them that did.
        private var frames = 0
        private var moving = 0
        /// Of those, how many tell how fast.
        private var told = 0
        private var idle = 0
        private var first = 0.0
        private var last = 0.0
        /// The changes of the first moving frames, and the latest ones.
        private var opening = 0.0
        private var recent = [Double](repeating: 0, count: StillAnalyzer.near)

        init(start: Double) { span = TimeRange(start: start, end: start) }

        /// - Parameter change: `nil` where another picture came: that tells no speed.
        mutating func add(_ change: Double?, _ picture: TimeRange) {
            // What is shown for longer than a pause has come to rest.
            span.end = min(picture.end, picture.start + StillAnalyzer.pause)
            frames += idle + 1
            idle = 0
            moving += 1
            guard let change else { return }
            if told < StillAnalyzer.near { opening += change }
            recent[told % StillAnalyzer.near] = change
            told += 1
            if told <= 2 { first = max(first, change) }
            last = change
        }

        mutating func addIdle() { idle += 1 }

        var isDense: Bool { moving >= 3 && Double(moving) >= StillAnalyzer.density * Double(frames) }
        var beginsAtFullSpeed: Bool { first >= StillAnalyzer.abruptness * usual(opening) }
        var endsAtFullSpeed: Bool { last >= StillAnalyzer.abruptness * usual(recent.reduce(0, +)) }

        private func usual(_ sum: Double) -> Double { sum / Double(max(min(told, StillAnalyzer.near), 1)) }
    }
}
