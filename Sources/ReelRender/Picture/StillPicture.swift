internal import ReelMedia
internal import ReelModel

/// A still: the first picture of an asset, upright, with a gentle zoom. It is scaled once, to a little more than is
/// shown of it; each frame is then read out of that.
final class StillPicture: ScenePicture {
    private let upright: Frame
    private let framing: Framing
    private let frames: Int
    private let name: String

    /// How much larger than its window it is kept: enough to be sharp at the end of the zoom, and for reading between
    /// pixels not to be seen as a coming and going of sharpness.
    private static let margin = Framing.finalZoom * 1.2

    init(_ asset: Asset, canvas: Size, frames: Int, cancellation: Cancellation) throws(Failure) {
        let reader = try PictureReader(asset, cancellation: cancellation)
        let stored = try Frame()
        guard try reader.next(into: stored), let shape = PictureShape(stored, reader.stream) else {
            throw reader.noPicture
        }
        let framing = Framing(canvas: canvas, picture: shape.displayed)
        let size = framing.covering(shape.displayed, margin: Self.margin)
        let converter = try Upright(shape, to: size, stream: reader.stream, name: asset.name)
        let upright = try Frame()
        guard try converter.convert(stored, into: upright, isLast: true) else { throw reader.noPicture }
        self.upright = upright
        self.framing = framing
        self.frames = frames
        name = asset.name
    }

    func draw(frame: Int, on canvas: Canvas) throws(Failure) {
        if frame == 0, !framing.fillsCanvas {
            try Backdrop(of: upright.size, canvas: canvas.size, name: name).draw(behind: upright, on: canvas)
        }
        try canvas.zoom(upright, by: Framing.zoom(frame: frame, of: frames), into: framing.window)
    }
}
