internal import ReelMedia
internal import ReelModel

/// What lies behind a picture that does not fill the canvas: the same picture, filling it, blurred and darkened.
final class Backdrop {
    private let graph: FilterGraph
    private let canvas: Size
    private let frame: Frame

    /// It is made this much smaller and scaled up at the end: blurred as it is, nobody sees it, and it takes a
    /// hundredth of the time.
    private static let reduction = 10

    /// - Parameter picture: the size of the upright pictures that it is made from.
    init(of picture: Size, canvas: Size, name: String) throws(Failure) {
        let small = Size(
            width: max(canvas.width / Self.reduction / 2 * 2, 16),
            height: max(canvas.height / Self.reduction / 2 * 2, 16))
        let cover = max(
            Double(small.width) / Double(picture.width), Double(small.height) / Double(picture.height))
        // Before it is cut, so that a picture of an extreme shape is not blown up: no larger than the small canvas.
        let cut = Size(
            width: min(Int(Double(small.width) / cover), picture.width),
            height: min(Int(Double(small.height) / cover), picture.height))
        let sigma = max(small.shortSide / 16, 1)
        let graph = try FilterGraph(
            "[in]crop=\(max(cut.width, 2)):\(max(cut.height, 2)),scale=\(small.width):\(small.height):flags=area"
                + ",gblur=sigma=\(sigma):steps=2"
                + ",lutyuv=y=16+(val-16)*0.42:u=128+(val-128)*0.7:v=128+(val-128)*0.7"
                + ",scale=\(canvas.width):\(canvas.height):flags=bilinear,format=yuv420p[out]",
            inputs: [.video("in", size: picture, pixelFormat: .yuv420p, timeBase: .microsecond)],
            outputs: [.video("out")], name: name)
        let frame = try Frame()
        self.graph = graph
        self.canvas = canvas
        self.frame = frame
    }

    /// Covers the canvas.
    func draw(behind picture: borrowing Frame, on target: Canvas) throws(Failure) {
        try graph.push(picture, to: "in")
        guard try graph.pull(from: "out", into: frame) == .frame else { return }
        try target.copy(frame, into: Framing.Window(x: 0, y: 0, size: canvas))
    }
}
