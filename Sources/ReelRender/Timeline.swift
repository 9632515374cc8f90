internal import ReelModel

/// The one place where milliseconds become frames and samples. A point in time is always rounded by itself, so that
/// what ends where another thing begins meets it on the same frame.
struct Timeline: Sendable, Hashable {
    let frameRate: Rational
    /// How many frames the film has.
    let frames: Int
    /// Of sound, per second. What MP4 players and the services expect.
    static let sampleRate = 48000

    init(_ storyboard: Storyboard) {
        frameRate = storyboard.frameRate
        frames = Self.frame(atMilliseconds: storyboard.duration, frameRate)
    }

    /// The frame that begins nearest to a point in time.
    func frame(atMilliseconds time: Int64) -> Int { Self.frame(atMilliseconds: time, frameRate) }

    /// The frames of a span, as far as the film has them; empty where it has none.
    func frames(start: Int64, duration: Int64) -> Range<Int> {
        let first = min(max(frame(atMilliseconds: start), 0), frames)
        let end = min(max(frame(atMilliseconds: start + duration), first), frames)
        return first..<end
    }

    /// Seconds from the film's start to a frame.
    func seconds(ofFrame frame: Int) -> Double {
        Double(frame) * Double(frameRate.denominator) / Double(frameRate.numerator)
    }

    /// Samples of sound that lie before a frame: as many as are needed, to the nearest, to be as long as the picture.
    func samples(beforeFrame frame: Int) -> Int {
        let (scaled, unit) = (Int64(frame) * frameRate.denominator * Int64(Self.sampleRate), frameRate.numerator)
        return Int((2 * scaled + unit) / (2 * unit))
    }

    /// The sample that is sounded at a point in time.
    static func sample(atMilliseconds time: Int64) -> Int { Int(time) * (sampleRate / 1000) }

    /// For the time stamps of frames.
    var timeBase: Rational { Rational(frameRate.denominator, frameRate.numerator) ?? Rational(1) }

    /// Halves go up, at every rate: whole numbers only, so that the mapping is the same on every machine.
    private static func frame(atMilliseconds time: Int64, _ rate: Rational) -> Int {
        guard time > 0 else { return 0 }
        return Int((2 * time * rate.numerator + 1000 * rate.denominator) / (2000 * rate.denominator))
    }
}
