internal import ReelMedia
internal import ReelModel

/// The titles of a film, each in its span: in the lower third, within the margins that players keep free for
/// themselves; what is shown at the same time stands one above the other.
final class TitleTrack {
    private struct Title {
        let layout: TextLayout
        let text: String
        let frames: Range<Int>
        let span: Lettering.Span
    }

    private let titles: [Title]
    private let canvas: Size
    private let timeBase: Rational
    private var shown: [Int] = []
    private var lettering: Lettering?

    /// Parts of the canvas: the sides that stay free, and where the lowest line stands. Vertical films have the
    /// player's own words over their lowest fifth.
    private static let sideMargin = 0.08
    private static func lowestLine(_ canvas: Size) -> Double { canvas.height > canvas.width ? 0.76 : 0.86 }
    /// Of font sizes.
    static let lineHeight = 1.25

    init(_ storyboard: Storyboard, timeline: Timeline) {
        let canvas = storyboard.canvas
        titles = storyboard.titles.compactMap { title in
            let frames = timeline.frames(start: title.start, duration: title.duration)
            let layout = TextLayout(
                title.text, width: Int(Double(canvas.width) * (1 - 2 * Self.sideMargin)),
                largest: max(canvas.shortSide * 7 / 100, 8), smallest: max(canvas.shortSide * 4 / 100, 8), maxLines: 3)
            guard !frames.isEmpty, !layout.lines.isEmpty else { return nil }
            // Each frame is judged by its middle: the first and the last are seen too.
            let half = 0.5 * timeline.timeBase.doubleValue
            let span = Lettering.Span(
                start: timeline.seconds(ofFrame: frames.lowerBound) - half,
                end: timeline.seconds(ofFrame: frames.upperBound) - half)
            return Title(layout: layout, text: title.text, frames: frames, span: span)
        }
        self.canvas = canvas
        timeBase = timeline.timeBase
    }

    /// Hands on a frame with the titles that are due on it.
    func draw(
        on picture: borrowing Frame, at index: Int, _ body: (borrowing Frame) throws(Failure) -> Void
    ) throws(Failure) {
        let due = titles.indices.filter { titles[$0].frames.contains(index) }
        if due != shown {
            shown = due
            lettering = due.isEmpty ? nil : try letter(due)
        }
        guard let lettering else { return try body(picture) }
        try lettering.draw(on: picture, at: index, body)
    }

    private func letter(_ due: [Int]) throws(Failure) -> Lettering {
        var lines: [Lettering.Line] = []
        var baseline = Double(canvas.height) * Self.lowestLine(canvas)
        for title in due.reversed().map({ titles[$0] }) {
            for text in title.layout.lines.reversed() {
                lines.append(
                    Lettering.Line(
                        text: text, fontSize: title.layout.fontSize, baseline: Int(baseline), shown: title.span))
                baseline -= Double(title.layout.fontSize) * Self.lineHeight
            }
            baseline -= Double(title.layout.fontSize) * 0.3
        }
        let name = due.first.map { "title \"\(titles[$0].text)\"" } ?? "titles"
        return try Lettering(lines, canvas: canvas, timeBase: timeBase, name: name)
    }
}
