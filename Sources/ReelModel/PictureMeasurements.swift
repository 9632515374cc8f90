/// What the frames of the main picture stream showed, beside the spans of black. Times are seconds from the start of the
/// presentation. Levels are on the scale of 8 bits. Lists of spans hold `PictureMeasurements.limit` at most, of each kind: where
/// more are found, the weakest are left out (the shortest, least strong or smallest), and the rest stand in order of time.
public struct PictureMeasurements: Sendable, Hashable, Codable {
    /// The stream's place in the file, from 0.
    public var stream: Int
    /// Frames whose samples were looked at.
    public var frames: Int
    /// Spans of half a second and more in which the picture stands still.
    public var still: [StillSpan] = []
    /// How much of the film stands still, from 0 to 1.
    public var stillShare = 0.0
    /// Spans in which the whole picture has one colour that is not black.
    public var singleColor: [ColorSpan] = []
    /// Spans in which the picture holds what decoders put where they have nothing.
    public var garbage: [GarbageSpan] = []
    /// Spans of two and more flashes in a second.
    public var flashes: Known<[FlashSpan]> = .unknown(PictureMeasurements.unseen)
    /// Black bars that stay from the first frame to the last; unknown for `PictureMeasurements.black` where every frame is
    /// black.
    public var bars: Known<PictureBars> = .unknown(PictureMeasurements.unseen)
    /// Luma beyond what the range of video has room for.
    public var levels: LevelExcess?
    /// Where the first frame, or the last, is black or has one colour.
    public var emptyStart: EmptyEnd?
    public var emptyEnd: EmptyEnd?
    /// Changes from one scene to the next, at a cut; the first `limit`.
    public var cuts: [Double] = []
    public var cutCount = 0
    /// Up to three frames of something else between pictures that go on, or up to two at a cut; the longest.
    public var strays: [TimeRange] = []
    public var cadence = Cadence()
    /// Rows that stand out against both neighbours, as two fields of different times woven together have.
    public var combing: Known<Combing> = .unknown(PictureMeasurements.unseen)
    /// Spans in which the brightness of the whole picture goes up and down, less than a flash.
    public var flicker: [FlickerSpan] = []
    /// Spans in which the edges of coding blocks show.
    public var blocks: Known<[StrengthSpan]> = .unknown(PictureMeasurements.unseen)
    /// Spans in which smooth parts of the picture go in steps; those of each height stand for themselves.
    public var bands: Known<[BandSpan]> = .unknown(PictureMeasurements.unseen)
    /// Spans in which no edge is sharp.
    public var blur: Known<[StrengthSpan]> = .unknown(PictureMeasurements.unseen)
    /// Of each span in which a title was asked for, in that order; the first `limit`.
    public var lettering: [Lettering] = []
    /// Lettering that comes or goes while the picture goes on, or that outlasts a cut: no more is told from the picture.
    /// The first `limit`.
    public var captions: Known<[Caption]> = .unknown(PictureMeasurements.unseen)
    /// Of the frames looked at, those that were too small for some of it.
    public var tooSmall = SmallFrames()

    public static let limit = 1000
    public static let unseen = "no frame was looked at"
    public static let black = "every frame is black"

    public init(stream: Int, frames: Int) {
        self.stream = stream
        self.frames = frames
    }
}

/// Frames in which something could not be told as they are too small; what is told of it is of the others.
public struct SmallFrames: Sendable, Hashable, Codable {
    public var bands = 0
    public var blocks = 0
    public var blur = 0
    public var combing = 0

    public init() {}
}

/// A still span, and what goes on around it.
public struct StillSpan: Sendable, Hashable, Codable {
    public var span: TimeRange
    /// For how many seconds, up to the span, the picture moved at full speed; 0 where it came to rest, or jumped there.
    public var movingBefore: Double
    /// For how many seconds it moved from the span's end on.
    public var movingAfter: Double

    public init(span: TimeRange, movingBefore: Double, movingAfter: Double) {
        self.span = span
        self.movingBefore = movingBefore
        self.movingAfter = movingAfter
    }
}

/// A span of one colour: luma and colour difference, from 0 to 255.
public struct ColorSpan: Sendable, Hashable, Codable {
    public var span: TimeRange
    public var luma: Double
    public var blue: Double?
    public var red: Double?

    public init(span: TimeRange, luma: Double, blue: Double?, red: Double?) {
        self.span = span
        self.luma = luma
        self.blue = blue
        self.red = red
    }
}

/// A span in which parts of the picture are what a decoder leaves where it decoded nothing.
public struct GarbageSpan: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Hashable, Codable {
        /// Samples that are all zero: no camera makes this green.
        case green
        /// Luma and colour in the very middle, that were not there before.
        case grey
    }

    public var kind: Kind
    public var span: TimeRange
    /// The most of the picture's area, from 0 to 1.
    public var share: Double

    public init(kind: Kind, span: TimeRange, share: Double) {
        self.kind = kind
        self.span = span
        self.share = share
    }
}

/// A span of flashes: pairs of opposite changes of brightness, or of saturated red, of a quarter of the picture.
public struct FlashSpan: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Hashable, Codable { case luminance, red }

    public var kind: Kind
    public var span: TimeRange
    /// Flashes in the busiest second; half a flash is one change.
    public var perSecond: Double
    /// The most of the picture's area that changes at once, from 0 to 1.
    public var area: Double

    public init(kind: Kind, span: TimeRange, perSecond: Double, area: Double) {
        self.kind = kind
        self.span = span
        self.perSecond = perSecond
        self.area = area
    }
}

/// Pixels from each edge that are black in every frame, in steps of 8.
public struct PictureBars: Sendable, Hashable, Codable {
    public var top: Int
    public var bottom: Int
    public var left: Int
    public var right: Int

    public init(top: Int, bottom: Int, left: Int, right: Int) {
        self.top = top
        self.bottom = bottom
        self.left = left
        self.right = right
    }
}

/// Pixels whose luma is darker than 5 or brighter than 246 (EBU R 103: what is tolerated of limited range in 8 bits).
public struct LevelExcess: Sendable, Hashable, Codable {
    /// The most of a frame's area.
    public var below: Double
    public var above: Double
    /// Frames of which more than 1 % is beyond, as EBU R 103 counts errors.
    public var frames: Int
    /// From the first of them to the last.
    public var span: TimeRange?

    public init(below: Double, above: Double, frames: Int, span: TimeRange?) {
        self.below = below
        self.above = above
        self.frames = frames
        self.span = span
    }
}

/// Emptiness at one end of a film.
public struct EmptyEnd: Sendable, Hashable, Codable {
    /// Seconds for which the emptiness lasts.
    public var duration: Double
    /// How far the brightness of the neighbouring picture lies from it, of the whole range, from 0 to 1.
    public var step: Double

    public init(duration: Double, step: Double) {
        self.duration = duration
        self.step = step
    }
}

/// Pictures that are shown again while things move.
public struct Cadence: Sendable, Hashable, Codable {
    /// Frames in which something moves.
    public var moving: Int
    /// Frames, between moving ones, that repeat the one before.
    public var repeats: Int
    /// Where repeats come regularly and no frame is lost for them: every how many frames. 24 pictures in 30 frames have
    /// one every 5.
    public var period: Int?
    /// Repeats that do not fit; where there is no period, all of them.
    public var irregular: Int
    /// When those are, the first `PictureMeasurements.limit`.
    public var irregularTimes: [Double]
    /// Spans that have fewer pictures than frames, spread evenly, in order of time; the first `PictureMeasurements.limit`.
    public var steady: [SteadyRepeats]
    /// Of the frames of which it can be told whether they repeat one, those in such spans, from 0 to 1; `nil` where it
    /// can be told of none, as nothing moves.
    public var steadyShare: Double?

    public init(
        moving: Int = 0, repeats: Int = 0, period: Int? = nil, irregular: Int = 0, irregularTimes: [Double] = [],
        steady: [SteadyRepeats] = [], steadyShare: Double? = nil
    ) {
        self.moving = moving
        self.repeats = repeats
        self.period = period
        self.irregular = irregular
        self.irregularTimes = irregularTimes
        self.steady = steady
        self.steadyShare = steadyShare
    }
}

/// Woven fields.
public struct Combing: Sendable, Hashable, Codable {
    /// Frames in which something moves.
    public var moving: Int
    /// Those that are combed where it moves.
    public var combed: Int
    /// Frames that say that they are two fields.
    public var flagged: Int
    /// From the first combed frame to the last.
    public var span: TimeRange?

    public init(moving: Int = 0, combed: Int = 0, flagged: Int = 0, span: TimeRange? = nil) {
        self.moving = moving
        self.combed = combed
        self.flagged = flagged
        self.span = span
    }
}

/// A span of flicker.
public struct FlickerSpan: Sendable, Hashable, Codable {
    public var span: TimeRange
    /// Turns from brighter to darker and back, per second.
    public var perSecond: Double
    /// How far the mean goes up and down, in levels.
    public var amplitude: Double

    public init(span: TimeRange, perSecond: Double, amplitude: Double) {
        self.span = span
        self.perSecond = perSecond
        self.amplitude = amplitude
    }
}

/// A span in which parts of the picture are flat bands, each a step brighter than the one before.
public struct BandSpan: Sendable, Hashable, Codable {
    public var span: TimeRange
    /// Levels of the steps, at least: 1, which is the least that 8 bits have, or 2.
    public var step: Int
    /// The most of the picture's area that has them, from 0 to 1.
    public var share: Double

    public init(span: TimeRange, step: Int, share: Double) {
        self.span = span
        self.step = step
        self.share = share
    }
}

/// A span, and how strongly it has what the list is about.
public struct StrengthSpan: Sendable, Hashable, Codable {
    public var span: TimeRange
    public var strength: Double

    public init(span: TimeRange, strength: Double) {
        self.span = span
        self.strength = strength
    }
}
