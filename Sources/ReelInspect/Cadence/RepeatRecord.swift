internal import ReelModel

/// Of each frame, whether it shows the picture before it again. What coding leaves of a repeat differs from film to film, so
/// that is told by the frames around it: a repeat changes little beside what moves there.
struct RepeatRecord: Sendable {
    enum Kind: UInt8, Sendable {
        /// Nothing moves around it, or there is nothing to hold it against.
        case untold
        case new, again
    }

    private(set) var kinds: [Kind] = []
    private(set) var starts: [Double] = []
    private(set) var end = 0.0

    /// Frames to either side by which one is told; a picture is shown five times at most.
    private static let near = 4
    /// Less than this on either side, in levels, is no motion to tell a repeat by.
    private static let livelyMean = 0.5
    /// Of what moves there, how much a repeat changes at most. Measured of ten generated pictures and three clips in H.264 at
    /// crf 16 to 28: of four repeats in five 0.4 at most; of frames that are none, 1 in 100 less than that.
    private static let mostMean = 0.4
    /// Where hardly a cell changes much, coding may have left this.
    private static let mostMeanOfLittle = 0.65
    private static let little = 0.1
    private static let leastMuch = 0.01
    /// Under grain nothing goes far, but of the cells this many change more than a fade does in one step; of that, a repeat
    /// leaves next to nothing. Of a shade without grain, coding leaves frames out as well. Measured of noise of 14 levels in
    /// H.264 at crf 20: steps of 0.9 to 1.7 levels, and 0.005 at most in a repeat.
    private static let grainShare = 0.05
    private static let mostMeanOfGrain = 0.1
    /// Enough for four and a half hours of 60 frames a second; what comes later is not told of.
    private static let most = 1_000_000

    private struct Step {
        var mean = 0.0
        var little = 0.0
        var much = 0.0
        var isKnown = false
        /// Another picture tells no speed.
        var isJump = false
    }

    /// The last steps, by their frame.
    private var steps = [Step](repeating: Step(), count: 2 * near + 1)
    private var seen = 0

    mutating func add(_ change: PictureChange?, at span: TimeRange) {
        guard seen < Self.most else { return }
        steps[seen % steps.count] =
            change.map { change in
                let luma = change.luma
                return Step(
                    mean: luma.mean, little: luma.littleShare, much: luma.muchShare, isKnown: true,
                    isJump: change.isJump)
            } ?? Step()
        seen += 1
        starts.append(span.start)
        end = span.end
        if seen > Self.near { kinds.append(kind(of: seen - 1 - Self.near)) }
    }

    /// No frame comes any more.
    mutating func finish() { while kinds.count < seen { kinds.append(kind(of: kinds.count)) } }

    private func kind(of frame: Int) -> Kind {
        let step = steps[frame % steps.count]
        guard step.isKnown else { return .untold }
        if step.isJump { return .new }
        let before = peak(max(frame - Self.near, 0)..<frame)
        let after = peak(frame + 1..<min(frame + Self.near + 1, seen))
        guard before.isKnown || after.isKnown else { return .untold }
        func least(_ value: KeyPath<Step, Double>) -> Double {
            !before.isKnown
                ? after[keyPath: value]
                : !after.isKnown ? before[keyPath: value] : min(before[keyPath: value], after[keyPath: value])
        }
        let mean = least(\.mean)
        let much = least(\.much)
        guard mean >= Self.livelyMean else { return .untold }
        guard much >= PictureChange.visibleShare else {
            guard least(\.little) >= Self.grainShare else { return .untold }
            return step.mean <= max(PictureChange.noiseMean, Self.mostMeanOfGrain * mean) ? .again : .new
        }
        let isAgain =
            step.mean <= Self.mostMean * mean
            || (step.mean <= Self.mostMeanOfLittle * mean && much >= Self.leastMuch && step.much <= Self.little * much)
        return isAgain ? .again : .new
    }

    /// The most that moves in some frames.
    private func peak(_ frames: Range<Int>) -> Step {
        var peak = Step()
        for frame in frames {
            let step = steps[frame % steps.count]
            guard step.isKnown, !step.isJump else { continue }
            peak.mean = max(peak.mean, step.mean)
            peak.little = max(peak.little, step.little)
            peak.much = max(peak.much, step.much)
            peak.isKnown = true
        }
        return peak
    }
}
