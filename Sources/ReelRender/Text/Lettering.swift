internal import ReelMedia
internal import ReelModel

/// Lines of words, drawn into pictures: white, with a thin dark edge and a soft shadow, so that they can be read on
/// whatever is behind.
final class Lettering {
    struct Line: Sendable, Hashable {
        var text: String
        /// Pixels.
        var fontSize: Int
        /// Where the letters stand, in pixels from the top.
        var baseline: Int
        /// Seconds of the film between which it is there, fading in and out; `nil` is always.
        var shown: Span?
    }

    struct Span: Sendable, Hashable {
        var start: Double
        var end: Double
    }

    /// Seconds.
    private static let fade = 0.3

    private let graph: FilterGraph
    private let result: Frame

    /// - Parameters:
    ///   - timeBase: of the pictures.
    ///   - name: of what is drawn, for messages.
    init(_ lines: [Line], canvas: Size, timeBase: Rational, name: String) throws(Failure) {
        let face = Typeface(for: lines.map(\.text).joined())
        let filters = lines.map { Self.filter($0, face) } + ["format=yuv420p"]
        let graph: FilterGraph
        do throws(Failure) {
            graph = try FilterGraph(
                "[in]" + filters.joined(separator: ",") + "[out]",
                inputs: [.video("in", size: canvas, pixelFormat: .yuv420p, timeBase: timeBase)],
                outputs: [.video("out")], name: name)
        } catch {
            throw face.explain(error)
        }
        let result = try Frame()
        self.graph = graph
        self.result = result
    }

    /// Hands on a picture with the words on it; the picture itself stays as it is.
    /// - Parameter index: which frame of the film it is.
    func draw(
        on picture: borrowing Frame, at index: Int, _ body: (borrowing Frame) throws(Failure) -> Void
    ) throws(Failure) {
        picture.time = Int64(index)
        try graph.push(picture, to: "in")
        guard try graph.pull(from: "out", into: result) == .frame else { return try body(picture) }
        try body(result)
    }

    private static func filter(_ line: Line, _ face: Typeface) -> String {
        let edge = max(line.fontSize / 28, 1)
        var options = [
            face.option, "text=\(FilterText.value(line.text))", "expansion=none", "fontsize=\(line.fontSize)",
            "fontcolor=white", "borderw=\(edge)", "bordercolor=black@0.45", "shadowcolor=black@0.4",
            "shadowx=0", "shadowy=\(edge * 2)", "x=(w-text_w)/2", "y=\(line.baseline)-max_glyph_a",
        ]
        if let shown = line.shown {
            let alpha = "clip(min((t-\(shown.start))/\(fade),(\(shown.end)-t)/\(fade)),0,1)"
            options.append("alpha=\(FilterText.value(alpha))")
        }
        return "drawtext=" + options.joined(separator: ":")
    }
}
