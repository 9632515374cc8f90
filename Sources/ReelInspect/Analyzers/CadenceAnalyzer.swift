internal import ReelModel

/// Frames that repeat the one before while things move. Where they come at even distances, that is the film's cadence (24
/// pictures in 30 frames: one in five); where they do not, the film stutters. So it does where a repeat stands for a
/// frame that is lost, however evenly: the next one is then twice as far.
struct CadenceAnalyzer: PictureAnalyzer {
    static let analysis = Analysis.cadence
    /// Where less moves, by the mean of cells in levels, nobody sees that a frame repeats.
    private static let livelyMean = 0.5
    /// The distances, give or take one, of a repeat in each period of a rate that is delivered in another.
    private static let periods = (1...longestPeriod).filter { distance in
        CadenceShape.all.contains { $0.repeats == 1 && abs($0.frames - distance) <= 1 }
    }
    /// More frames without change than this are no repeats but a picture that stands still.
    private static let longestRun = 4
    /// Distances further than this are no cadence.
    private static let longestPeriod = 60
    /// How much more than what follows the run a key frame before it goes, where coding has only caught up early. Of a
    /// slow shade under grain it was 2.0 and more in two films; of pictures that repeat it is about 1.
    private static let caughtUp = 1.5
    /// Of the distances, how many have to agree.
    private static let agreement = 0.7
    /// Of what moves before and after it, up to how much coding may leave of a repeat.
    private static let leftOver = 0.1
    /// How much more than its neighbours the step after a repeat goes, by the median of all, where frames are lost. One
    /// that was put in leaves the steps alone.
    private static let lostStep = 1.25
    /// Of the moving frames, up to how many that is looked for: film of 24 pictures that was made of 30 loses one of five,
    /// and that is its cadence.
    private static let rare = 0.1

    private var moving = 0
    private var repeats = 0
    private var frame = 0
    /// Whether something moved right before the run of repeats that goes on.
    private var wasMoving = false
    /// Of the last three frames that changed at all, the last one first, which moved: a picture that moves slowly stands still
    /// for some frames where coding leaves them out, and goes on in one step at the next key frame.
    private var motions: UInt8 = 0
    private var run: [(frame: Int, start: Double)] = []
    /// Whether the frame before this one, and the one before the run, is a key frame.
    private var wasKey = false
    private var runFollowsKey = false
    /// How much the frames of the run change, at most.
    private var mostOfRun = 0.0
    /// The place of the last run of repeats, and the distances between runs so far.
    private var last: Int?
    private var distances = [Int](repeating: 0, count: longestPeriod + 1)
    private var known: [(time: Double, frame: Int, count: Int, before: Int?, after: Int?)] = []
    private var record = RepeatRecord()
    /// The last step of something that moved, and the step after a repeat that waits for the one after it.
    private var lastStep: Double?
    private var stepAfter: (step: Double, before: Double)?
    private var steps: [Double] = []

    init() { run.reserveCapacity(Self.longestRun + 1) }

    mutating func see(_ picture: Picture) {
        defer { wasKey = picture.sums.isKey }
        record.add(picture.change, at: picture.span)
        frame += 1
        guard let change = picture.change else { return }
        let isLively =
            change.isMotion && change.luma.mean >= Self.livelyMean
            && change.luma.muchShare >= PictureChange.visibleShare
        let isRepeat = change.isNone || isLittle(change)
        defer { if !isRepeat { motions = motions << 1 & 0b111 | (isLively ? 1 : 0) } }
        if isLively {
            moving += 1
            if let waiting = stepAfter, steps.count < Self.mostKnown {
                steps.append(2 * waiting.step / (waiting.before + change.luma.mean))
            }
            stepAfter = nil
            if wasMoving, !run.isEmpty, run.count <= Self.longestRun, isLittle(mostOfRun, beside: change.luma.mean),
                !isCaughtUp(before: change.luma.mean)
            {
                takeRun()
                if run.count == 1, !change.isJump, let lastStep { stepAfter = (change.luma.mean, lastStep) }
            }
            lastStep = change.isJump ? nil : change.luma.mean
            run.removeAll(keepingCapacity: true)
            wasMoving = true
        } else if isRepeat, wasMoving, motions.nonzeroBitCount >= 2 {
            if run.isEmpty { runFollowsKey = wasKey }
            mostOfRun = run.isEmpty ? change.luma.mean : max(mostOfRun, change.luma.mean)
            if run.count <= Self.longestRun { run.append((frame, picture.span.start)) }
        } else {
            run.removeAll(keepingCapacity: true)
            wasMoving = false
            lastStep = nil
            stepAfter = nil
        }
    }

    mutating func finish(into _: inout Measured, _ picture: inout PictureMeasurements) {
        let total = distances.reduce(0, +)
        let losesFrames = self.losesFrames
        var cadence = Cadence(moving: moving, repeats: repeats)
        record.finish()
        let fits = CadenceFit.all(in: record.kinds).filter { !losesFrames || !$0.shape.isRare }
        tell(fits, in: &cadence)
        // Distances beside the period gather as many: of these it is the one that comes most often itself.
        if total >= 4, !losesFrames,
            let best = Self.periods.max(by: {
                (near($0), distances[$0]) < (near($1), distances[$1])
            }),
            Double(near(best)) >= Self.agreement * Double(total)
        {
            cadence.period = best
        }
        let period = cadence.period
        let odd = known.filter { run in
            if let fit = fits.first(where: { $0.frames.contains(run.frame) }) {
                return !fit.has(run.frame, repeats: run.count)
            }
            return !isInStep(run.before, period) && !isInStep(run.after, period)
        }
        cadence.irregular = odd.count
        cadence.irregularTimes = Array(odd.map(\.time).prefix(PictureMeasurements.limit))
        picture.cadence = cadence
    }

    /// Where repeats come in a steady pattern, in seconds.
    private func tell(_ fits: [CadenceFit], in cadence: inout Cadence) {
        var spans: [(fit: CadenceFit, frames: Range<Int>)] = []
        for fit in fits {
            // A rate that is a thousandth less slips by a frame now and then.
            if let last = spans.last, last.fit.shape == fit.shape,
                fit.frames.lowerBound - last.frames.upperBound <= Self.longestPeriod
            {
                spans[spans.count - 1].frames = last.frames.lowerBound..<fit.frames.upperBound
            } else {
                spans.append((fit, fit.frames))
            }
        }
        cadence.steady = spans.prefix(PictureMeasurements.limit).map { fit, frames in
            let end = frames.upperBound < record.starts.count ? record.starts[frames.upperBound] : record.end
            let span = TimeRange(start: record.starts[frames.lowerBound], end: end)
            let rate = span.duration > 0 ? Double(frames.count) / span.duration : 0
            let pictures = rate * Double(fit.shape.pictures) / Double(fit.shape.frames)
            return SteadyRepeats(
                span: span, pattern: fit.shape.pattern, pictureRate: (pictures * 1000).rounded() / 1000)
        }
        let told = record.kinds.count { $0 != .untold }
        let steady = spans.reduce(0) { sum, span in sum + record.kinds[span.frames].count { $0 != .untold } }
        if told > 0 { cadence.steadyShare = Double(steady) / Double(told) }
    }

    /// Whether a frame that changed is a repeat that coding has left something of.
    private func isLittle(_ change: PictureChange) -> Bool {
        guard let lastStep, change.luma.muchShare == 0 else { return false }
        return isLittle(change.luma.mean, beside: lastStep)
    }

    private func isLittle(_ mean: Double, beside step: Double) -> Bool {
        mean <= max(PictureChange.noiseMean, Self.leftOver * step)
    }

    /// Whether the run is what coding leaves out of slow motion after a key frame, which has gone further by as much.
    private func isCaughtUp(before step: Double) -> Bool {
        guard runFollowsKey, let lastStep else { return false }
        return lastStep >= Self.caughtUp * step
    }

    private mutating func takeRun() {
        guard let first = run.first else { return }
        repeats += run.count
        let distance = last.map { first.frame - $0 }
        if let distance, distance <= Self.longestPeriod { distances[distance] += 1 }
        last = first.frame
        if let at = known.indices.last { known[at].after = distance }
        if known.count < Self.mostKnown { known.append((first.start, first.frame - 1, run.count, distance, nil)) }
    }

    /// Enough for hours of a cadence; what comes later is counted and not told of.
    private static let mostKnown = 100_000

    private var losesFrames: Bool {
        guard steps.count >= 3, Double(repeats) <= Self.rare * Double(moving) else { return false }
        return steps.sorted()[steps.count / 2] >= Self.lostStep
    }

    /// Grain hides a repeat now and then: the next one is twice as far.
    private func isInStep(_ distance: Int?, _ period: Int?) -> Bool {
        guard let distance, let period else { return false }
        return min(distance % period, period - distance % period) <= 1
    }

    /// Film in video has its repeats one frame earlier or later now and then.
    private func near(_ distance: Int) -> Int {
        let beside = [distance - 1, distance + 1].filter { distances.indices.contains($0) }.map { distances[$0] }
        return distances[distance] + (beside.max() ?? 0)
    }
}
