extension Fault {
    /// About a third of all edits end so; what was done shows only in the state.
    static let silentEdit = Fault(
        name: "silent-edit", summary: "The stream ends without a word; the edit was made.",
        occasions: \.isMessage,
        spoil: { _, answer in
            guard case .stream(let lines) = answer.body else { return }
            answer.body = .stream(
                lines.map { line in
                    guard line.kind == .words else { return line }
                    // What happens at this point of the turn happens all the same.
                    return StreamLine(text: "", kind: .heartbeat, pause: line.pause, effect: line.effect)
                })
        })
}
