internal import ReelMedia
internal import ReelModel

/// A clip, decoded from some point on. Each frame shows the picture that the clip has at that time; after its end, the
/// last one stays.
final class ClipPicture: ScenePicture {
    private let reader: PictureReader
    private let canvas: Size
    private let frameRate: Rational
    /// Seconds.
    private let from: Double
    /// The picture that was decoded last, which is not yet due, or the last of all.
    private var ahead: Frame
    /// The latest that is due.
    private var due: Frame
    private var upright: Frame
    private var aheadTime: Double?
    private var ended = false
    private var hasDrawn = false
    private var fitted: Fitted?

    /// The way from a decoded picture to the canvas, for pictures of one shape.
    private final class Fitted {
        let framing: Framing
        let converter: Upright
        let backdrop: Backdrop?

        init(_ shape: PictureShape, canvas: Size, _ reader: PictureReader) throws(Failure) {
            let framing = Framing(canvas: canvas, picture: shape.displayed)
            let size = framing.fillsCanvas ? framing.covering(shape.displayed, margin: 1) : framing.window.size
            self.framing = framing
            converter = try Upright(
                shape, to: size, crop: framing.window.size, stream: reader.stream, name: reader.name)
            backdrop =
                framing.fillsCanvas
                ? nil : try Backdrop(of: framing.window.size, canvas: canvas, name: reader.name)
        }
    }

    init(
        _ asset: Asset, fromMilliseconds from: Int64, canvas: Size, frameRate: Rational, cancellation: Cancellation
    ) throws(Failure) {
        let reader = try PictureReader(asset, cancellation: cancellation)
        let ahead = try Frame()
        let due = try Frame()
        let upright = try Frame()
        self.reader = reader
        self.ahead = ahead
        self.due = due
        self.upright = upright
        self.canvas = canvas
        self.frameRate = frameRate
        self.from = Double(from) / 1000
        reader.seek(toSeconds: self.from)
    }

    func draw(frame: Int, on canvas: Canvas) throws(Failure) {
        let length = 1 / frameRate.doubleValue
        // A quarter of a frame later than exact: containers round time stamps to milliseconds, and equal rates must
        // neither skip nor repeat because of that.
        let time = from + (Double(frame) + 0.25) * length
        var isNew = false
        while !ended, try isDue(at: time) {
            swap(&ahead, &due)
            aheadTime = nil
            isNew = true
        }
        if isNew {
            hasDrawn = true
            try show(on: canvas)
        }
        if !hasDrawn {
            // The first picture lies later than asked for, or there is none.
            guard aheadTime != nil else { throw reader.noPicture }
            swap(&ahead, &due)
            hasDrawn = true
            try show(on: canvas)
            swap(&ahead, &due)
        }
    }

    /// Decodes the next picture, unless there is one, and tells whether it is time for it.
    private func isDue(at time: Double) throws(Failure) -> Bool {
        if aheadTime == nil {
            guard try reader.next(into: ahead) else {
                ended = true
                return false
            }
            aheadTime = reader.seconds(of: ahead) ?? time
        }
        return aheadTime.map { $0 <= time } ?? false
    }

    private func show(on canvas: Canvas) throws(Failure) {
        guard let shape = PictureShape(due, reader.stream) else { return }
        if fitted?.converter.shape != shape { fitted = try Fitted(shape, canvas: self.canvas, reader) }
        guard let fitted, try fitted.converter.convert(due, into: upright, isLast: false) else { return }
        try fitted.backdrop?.draw(behind: upright, on: canvas)
        try canvas.copy(upright, into: fitted.framing.window)
    }
}
