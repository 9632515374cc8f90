extension Scenario {
    /// The next message decides: a yes carries it out, anything else is a message of its own.
    static let askFirst = Scenario(
        name: "ask-first", words: ["ask-first"], summary: "The agent asks; a yes in the next message carries it out."
    ) { scene in
        guard !scene.isConfirmed else { return plain.play(scene) }
        return Script(
            steps: [.ask("Local backend: shall I do that? Answer yes or no.", tool: "confirm_edit")],
            changesTimeline: false, asks: true)
    }
}
