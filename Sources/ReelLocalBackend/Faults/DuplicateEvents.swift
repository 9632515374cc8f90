extension Fault {
    /// With the same ids, as after a hiccup of something in between.
    static let duplicateEvents = Fault(
        name: "duplicate-events", summary: "Every event of the stream comes twice.",
        occasions: \.isMessage,
        spoil: { _, answer in
            guard case .stream(let lines) = answer.body else { return }
            answer.body = .stream(
                lines.flatMap { line in [line, StreamLine(text: line.text, kind: line.kind)] })
        })
}
