internal import ReelModel

/// Where a picture of some shape goes on the canvas, and how it moves.
struct Framing: Sendable, Hashable {
    /// A place on the canvas, all of it even: chroma has one sample for two by two pixels.
    struct Window: Sendable, Hashable {
        var x: Int
        var y: Int
        var size: Size
    }

    let canvas: Size
    /// The part of the canvas that the picture fills.
    let window: Window

    /// How far a still has grown when its scene ends.
    static let finalZoom = 1.06
    /// A picture of an extreme shape is cut, rather than made longer than this to cover its window.
    static let longestSide = 16_384
    /// Bars thinner than this part of the canvas look like a mistake: the picture fills the canvas instead, and is cut.
    private static let thinnestBars = 0.04

    /// Fits a picture of that shape, as it is displayed, whole into the canvas.
    init(canvas: Size, picture: Size) {
        self.canvas = canvas
        let byWidth = Double(canvas.width) / Double(max(picture.width, 1))
        let byHeight = Double(canvas.height) / Double(max(picture.height, 1))
        let scale = min(byWidth, byHeight)
        var size = Size(
            width: Self.even(Double(picture.width) * scale, atMost: canvas.width),
            height: Self.even(Double(picture.height) * scale, atMost: canvas.height))
        if scale >= max(byWidth, byHeight) * (1 - Self.thinnestBars) { size = canvas }
        window = Window(
            x: (canvas.width - size.width) / 4 * 2, y: (canvas.height - size.height) / 4 * 2, size: size)
    }

    var fillsCanvas: Bool { window.size == canvas }

    /// The size to which a picture of that shape is scaled once, so that it covers the window `margin` times over.
    func covering(_ picture: Size, margin: Double) -> Size {
        let scale =
            margin
            * max(
                Double(window.size.width) / Double(max(picture.width, 1)),
                Double(window.size.height) / Double(max(picture.height, 1)))
        func side(_ length: Int) -> Int {
            min(max(Int((Double(length) * scale / 2).rounded(.up)) * 2, 4), Self.longestSide)
        }
        return Size(width: side(picture.width), height: side(picture.height))
    }

    /// How much a still is enlarged at a frame of its scene. It grows by the same factor from each frame to the next,
    /// which looks steady; slowing down towards a cut would be seen as a stop.
    static func zoom(frame: Int, of count: Int) -> Double {
        guard count > 1 else { return 1 }
        return 1 + (finalZoom - 1) * Double(frame) / Double(count - 1)
    }

    private static func even(_ length: Double, atMost limit: Int) -> Int {
        min(max(Int((length / 2).rounded()) * 2, 2), limit)
    }
}
