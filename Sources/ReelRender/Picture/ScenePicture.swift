internal import ReelModel

/// What a scene shows, frame by frame from its first.
protocol ScenePicture: AnyObject {
    /// Draws a frame of the scene over what the canvas holds: the frame before it, once there was one.
    func draw(frame: Int, on canvas: Canvas) throws(Failure)
}

/// Nothing to see.
final class BlackPicture: ScenePicture {
    func draw(frame: Int, on canvas: Canvas) throws(Failure) {
        if frame == 0 { try canvas.fill { _, _ in Canvas.black } }
    }
}
