internal import ReelMedia
internal import ReelModel

/// A plain card: words in the middle of a dark ground. It is drawn once.
final class CardPicture: ScenePicture {
    private let layout: TextLayout
    private let words: String

    init(_ words: String, canvas: Size) {
        self.words = words
        layout = TextLayout(
            words, width: canvas.width * 80 / 100, largest: max(canvas.shortSide * 8 / 100, 8),
            smallest: max(canvas.shortSide * 4 / 100, 8), maxLines: 8)
    }

    func draw(frame: Int, on canvas: Canvas) throws(Failure) {
        guard frame == 0 else { return }
        let height = canvas.size.height
        try canvas.fill { x, y in Self.ground(x: x, y: y, height: height) }
        guard !layout.lines.isEmpty else { return }
        let step = Double(layout.fontSize) * TitleTrack.lineHeight
        // Capitals are about 0.73 of the font size high: the block's middle is the canvas's.
        let block = Double(layout.lines.count - 1) * step + Double(layout.fontSize) * 0.73
        let first = (Double(height) - block) / 2 + Double(layout.fontSize) * 0.73
        let lines = layout.lines.enumerated().map { place, text in
            Lettering.Line(
                text: text, fontSize: layout.fontSize, baseline: Int(first + Double(place) * step), shown: nil)
        }
        let lettering = try Lettering(lines, canvas: canvas.size, timeBase: .microsecond, name: "card \"\(words)\"")
        let window = Framing.Window(x: 0, y: 0, size: canvas.size)
        try lettering.draw(on: canvas.frame, at: 0) { drawn throws(Failure) in try canvas.copy(drawn, into: window) }
    }

    /// From a dark blue at the top to nearly black. The steps between neighbouring shades are broken up by a fixed
    /// pattern (a 4 x 4 Bayer matrix), or they would be seen as bands.
    private static func ground(x: Int, y: Int, height: Int) -> Canvas.Color {
        let part = Double(y) / Double(max(height - 1, 1))
        let pattern = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5]
        let threshold = (Double(pattern[(y & 3) * 4 + (x & 3)]) + 0.5) / 16
        func shade(_ top: Double, _ bottom: Double) -> UInt8 { UInt8(top + (bottom - top) * part + threshold) }
        return Canvas.Color(luma: shade(52, 24), blue: shade(139, 131), red: shade(124, 127))
    }
}
